using System.Diagnostics;
using System.Globalization;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests;

/// <summary>
/// What happens to files when things go wrong. FAULT_MOMENTS says at how many moments of its run each command is killed.
/// </summary>
[TestClass]
public sealed class FaultTests
{
    private const int UsualMoments = 5;

    private static readonly int Moments = int.Parse(
        Environment.GetEnvironmentVariable("FAULT_MOMENTS") ?? $"{UsualMoments}", CultureInfo.InvariantCulture);
    private static readonly string Moons = Path.Combine(Repository.Root, "models", "moons.onnx");

    /// <summary>The program, the file that it writes and the words that make it write it, in a second or so.</summary>
    private static readonly Dictionary<string, (string Program, string File, string[] Words)> Commands = new()
    {
        ["training"] = ("diffusion-train", "m.onnx", ["moons", "--iterations", "150", "--batch", "64", "-o", "m.onnx"]),
        ["exporting"] = ("diffusion", "c.onnx", ["compile", Moons, "--solver", "ddim", "--steps", "20", "-o", "c.onnx"]),
        ["sampling"] = ("diffusion", "p.npy", ["sample", Moons, "-n", "100000", "--steps", "3", "-o", "p.npy"]),
        ["a GIF"] = ("diffusion", "a.gif", ["gif", Moons, "-n", "300", "--size", "240", "-o", "a.gif"]),
    };

    public static IEnumerable<string> Works => Commands.Keys;

    [TestMethod]
    [DynamicData(nameof(Works))]
    public void KilledAtAnyMoment_TheOldFileStays_OrTheNewOneIsWhole(string work)
    {
        (string program, string name, string[] words) = Commands[work];
        using TemporaryFolder folder = new();
        Stopwatch watch = Stopwatch.StartNew();
        Assert.AreEqual(0, CommandRun.Of(program, folder.Root, words).Code);
        TimeSpan whole = watch.Elapsed;
        byte[] made = File.ReadAllBytes(folder[name]);
        byte[] old = [1, 2, 3];
        Random random = new(1);
        int kept = 0;
        for (int k = 0; k < Moments; k++)
        {
            File.WriteAllBytes(folder[name], old);
            using Process process = CommandRun.Start(program, folder.Root, words);

            // The last tenth of a run, in which files are written, has half of the moments.
            double share = k % 2 == 0 ? random.NextDouble() : 0.9 + (0.15 * random.NextDouble());
            process.WaitForExit(whole * share);
            process.Kill();
            process.WaitForExit();
            byte[] found = File.ReadAllBytes(folder[name]);
            Assert.IsTrue(found.SequenceEqual(old) || found.SequenceEqual(made), $"{work}, killed after {share:p0}: {found.Length} bytes");
            kept += found.Length == old.Length ? 1 : 0;
        }

        Console.WriteLine($"{work}: {Moments} moments, the old file stayed {kept} times, {Moments - kept} times the new one was there.");
        Assert.AreEqual(0, CommandRun.Of(program, folder.Root, words).Code);
        CollectionAssert.AreEqual(made, File.ReadAllBytes(folder[name]));
    }

    [TestMethod]
    public void ATrainingThatWasKilled_GoesOnFromItsCheckpoint_ToTheSameModel()
    {
        using TemporaryFolder folder = new();
        string[] run = ["moons", "--iterations", "20000", "--batch", "16", "--width", "16", "--threads", "1", "--log", "log.csv"];
        Assert.AreEqual(0, CommandRun.Of("diffusion-train", folder.Root, [.. run, "-o", "whole.onnx"]).Code);
        using (Process process = CommandRun.Start("diffusion-train", folder.Root, [.. run, "-o", "m.onnx"]))
        {
            CommandRun.WaitFor(() => File.Exists(folder["m.checkpoint"]) || process.HasExited);
            process.Kill();
            process.WaitForExit();
        }

        Assert.IsTrue(File.Exists(folder["m.checkpoint"]));
        (int code, _, string messages) = CommandRun.Of("diffusion-train", folder.Root, [.. run, "-o", "m.onnx", "--resume"]);
        Assert.AreEqual(0, code, messages);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["whole.onnx"]), File.ReadAllBytes(folder["m.onnx"]));
    }

    [TestMethod]
    [DynamicData(nameof(Works))]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void WithoutRoomForTheFile_OneLineSaysSo_AndTheOldFileStays(string work)
    {
        const int LargestKibibytes = 40;
        (string program, string name, string[] words) = Commands[work];
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder[name], [1, 2, 3]);
        string command = Path.Combine(AppContext.BaseDirectory, $"{program}.dll");
        ProcessStartInfo start = new("bash", ["-c", $"ulimit -f {LargestKibibytes}; exec dotnet \"$@\"", "bash", command, .. words])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardError = true,

            // Else the runtime itself needs a file that is larger.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        using Process process = Process.Start(start)!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(2, process.ExitCode, messages);
        StringAssert.Contains(messages, "a file would exceed the size limit of the shell or the disk");
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, File.ReadAllBytes(folder[name]));
        Assert.HasCount(1, folder.Files, string.Join(", ", folder.Files));
    }

    [TestMethod]
    public void TwoThatWriteTheSameFile_LeaveOneOfBothWhole()
    {
        using TemporaryFolder folder = new();
        for (int k = 0; k < Moments; k++)
        {
            using Process one = CommandRun.Start(
                "diffusion", folder.Root, "sample", Moons, "-n", "20000", "--steps", "3", "--seed", "1", "-o", "p.npy");
            using Process other = CommandRun.Start(
                "diffusion", folder.Root, "sample", Moons, "-n", "20000", "--steps", "3", "--seed", "2", "-o", "p.npy");
            one.WaitForExit();
            other.WaitForExit();
            Assert.AreEqual((0, 0), (one.ExitCode, other.ExitCode));
            PointSet found = PointFile.Read(folder["p.npy"]);
            using DiffusionSampler sampler = DiffusionSampler.Load(Moons);
            SamplingJob job = new() { Count = 20_000, Plan = sampler.CreatePlan(steps: 3) };
            Assert.IsTrue(new ulong[] { 1, 2 }.Any(seed => sampler.Sample(job with { Seed = seed }).Values.SequenceEqual(found.Values)));
            Assert.HasCount(1, folder.Files);
        }
    }

    [TestMethod]
    public void CtrlC_PressedTwice_EndsAtOnce_AndLeavesNoFile()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["slow.onnx"], SlowNetwork.Bytes());
        using Process process = CommandRun.Start(
            "diffusion", folder.Root, "sample", "slow.onnx", "-n", "1", "--solver", "ddim", "--steps", "2", "-o", "p.npy");

        // Only a network that computes takes so much processor time; before that, the first signal ends the command by itself.
        TimeSpan longerThanStarting = TimeSpan.FromSeconds(4);
        CommandRun.WaitFor(() => process.TotalProcessorTime > longerThanStarting);
        Assert.IsTrue(folder.Files.Any(file => file.EndsWith(".tmp", StringComparison.Ordinal)));
        CommandRun.Signal(process, "INT");
        Assert.IsFalse(
            process.WaitForExit(TimeSpan.FromSeconds(1)), "The network should have been too slow for the test to mean anything.");
        CommandRun.Signal(process, "INT");
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(5)));
        Assert.AreEqual(130, process.ExitCode);
        StringAssert.Contains(process.StandardError.ReadToEnd(), "Interrupted twice.");
        Assert.HasCount(1, folder.Files);
    }
}
