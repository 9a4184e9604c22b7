using System.Diagnostics;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>The command as a process: pipes, signals, exit codes, and what it leaves on the machine.</summary>
[TestClass]
public sealed class ProcessTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

    [TestMethod]
    public void APipeWhoseReaderHasEnough_EndsTheWork()
    {
        using TemporaryFolder folder = new();
        using Process process = CommandRun.Start("diffusion", folder.Root, "sample", Moons, "-n", "1000000000");
        process.StandardOutput.ReadLine();
        process.StandardOutput.Close();
        process.WaitForExit();
        Assert.AreEqual(141, process.ExitCode);
        Assert.DoesNotContain("error", process.StandardError.ReadToEnd());
    }

    /// <summary>
    /// ONNX Runtime keeps a device's identifier in the user's cache folder, and reports to its makers, unless it is told not to.
    /// </summary>
    [TestMethod]
    public void NothingIsLeftInTheHomeFolder_AndNothingReported()
    {
        using TemporaryFolder home = new();
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "diffusion.dll"), "sample", Moons, "-n", "10"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = home.Root;
        start.Environment.Remove("XDG_CACHE_HOME");
        start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
        string[] left = Directory.GetFiles(home.Root, "*", SearchOption.AllDirectories);
        Assert.IsEmpty(left, string.Join(", ", left));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void WhereNobodyCanBeTold_TheExitCodeSaysIt()
    {
        using Process process = Process.Start(
            "bash", ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "diffusion.dll")}' inspect nowhere.onnx 2> /dev/full"])!;
        process.WaitForExit();
        Assert.AreEqual(2, process.ExitCode);
    }

    /// <summary>The terminal is closed, or the connection lost.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void ATerminalThatCloses_InterruptsAsWell()
    {
        using TemporaryFolder folder = new();
        using Process process = CommandRun.Start(
            "diffusion", folder.Root, "sample", Moons, "-n", "1000000", "--solver", "ddpm", "-o", "p.npy");
        process.StandardError.ReadLine();
        Assert.AreEqual(130, CommandRun.Interrupt(process, "HUP"));
        Assert.IsEmpty(folder.Files);
    }

    [TestMethod]
    public void Interruption_ExitsWith130_AndLeavesNoFile()
    {
        using TemporaryFolder folder = new();
        using Process process = CommandRun.Start(
            "diffusion", folder.Root, "sample", Moons, "-n", "1000000", "--solver", "ddpm", "-o", "p.npy");
        process.StandardError.ReadLine();
        Assert.AreEqual(130, CommandRun.Interrupt(process));
        Assert.IsEmpty(folder.Files);
    }
}
