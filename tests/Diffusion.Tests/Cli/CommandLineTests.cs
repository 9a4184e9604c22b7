using System.Globalization;
using System.Text.Json;
using Diffusion.Data.BuiltIn;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Runs the command as a user does, in a process of its own.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

    [TestMethod]
    public void Sample_WritesTheSamePoints_ToEveryFormat()
    {
        using TemporaryFolder folder = new();
        string[] common = ["sample", Moons, "-n", "50", "--steps", "5", "--seed", "3"];
        (int code, string csv, string messages) = Run(common);
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual(0, Run([.. common, "-o", folder["p.npy"]]).Code);
        Assert.AreEqual(0, Run([.. common, "-o", folder["p.csv"]]).Code);
        StringAssert.Contains(messages, "50 points, dpm++3m, 5 steps, 5 network evaluations");
        Assert.AreEqual(csv, File.ReadAllText(folder["p.csv"]));
        CollectionAssert.AreEqual(PointFile.Read(folder["p.npy"]).Values.ToArray(), PointFile.Read(folder["p.csv"]).Values.ToArray());
    }

    [TestMethod]
    [DataRow("ddim η=0.5, 4 steps, 4 network evaluations", "--solver", "ddim", "--eta", "0.5")]
    [DataRow("ddpm posterior variance, 4 steps, 4 network evaluations", "--solver", "ddpm", "--variance", "posterior")]
    [DataRow("heun in t, 4 steps, 7 network evaluations", "--solver", "heun", "--ode", "time")]
    public void Messages_NameTheSettingsOfTheSolver(string caption, params string[] options)
        => StringAssert.Contains(Run(["sample", Moons, "-n", "5", "--steps", "4", .. options]).Messages, $"5 points, {caption}");

    [TestMethod]
    public void Show_DrawsThePoints_InPlaceOfThem_OrBesideAFile()
    {
        using TemporaryFolder folder = new();
        (int code, string plot, string messages) = RunIn(folder.Root, "sample", Moons, "--show");
        Assert.AreEqual(0, code, messages);
        Assert.IsTrue(plot.StartsWith('┌') && plot.Split('\n').Length == 28, plot);
        Assert.AreEqual(plot, RunIn(folder.Root, "sample", Moons, "--show", "-o", "p.npy").Output);
        Assert.AreEqual(1_000, PointFile.Read(folder["p.npy"]).Count);
    }

    [TestMethod]
    public void Trajectory_HoldsThePriorAndEveryStep_AndItsNoiseCanBeUsedAgain()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            0, Run("sample", Moons, "-n", "4", "--times", "1000,501.5,1", "--trajectory", folder["t.npy"], "-o", folder["p.npy"]).Code);
        PointSet samples = PointFile.Read(folder["p.npy"]);
        byte[] trajectory = File.ReadAllBytes(folder["t.npy"]);
        float[] values = new float[4 * 4 * 2];
        Buffer.BlockCopy(trajectory, trajectory.Length - (values.Length * sizeof(float)), values, 0, values.Length * sizeof(float));
        CollectionAssert.AreEqual(samples.Values.ToArray(), values[^8..]);

        PointFile.Write(folder["noise.npy"], new PointSet(values[..8], 2));
        Assert.AreEqual(
            0, Run("sample", Moons, "--noise", folder["noise.npy"], "--times", "1000,501.5,1", "--seed", "9", "-o", folder["q.npy"]).Code);
        CollectionAssert.AreEqual(samples.Values.ToArray(), PointFile.Read(folder["q.npy"]).Values.ToArray());
    }

    [TestMethod]
    public void Likelihood_IsShown_AndWrittenForEveryPoint()
    {
        using TemporaryFolder folder = new();
        string model = ShippedModels.PathOf("2gmm");
        PointFile.Write(folder["points.csv"], KnownDataSets.Find("2gmm").Draw(200, seed: 5));
        (int code, string text, string messages) = RunIn(folder.Root, "likelihood", model, "points.csv", "-o", "logs.csv");
        Assert.AreEqual(0, code, messages);
        StringAssert.Contains(text, "mean under 2gmm");
        PointSet logs = PointFile.Read(folder["logs.csv"]);
        Assert.AreEqual((200, 1), (logs.Count, logs.Dimension));
        CollectionAssert.AreEqual(new[] { "log_likelihood" }, logs.Columns!.ToArray());
        string mean = text.Split('\n').Single(line => line.StartsWith("mean log p(x)", StringComparison.Ordinal));
        double shown = double.Parse(mean.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
        Assert.AreEqual(logs.Values.ToArray().Average(value => (double)value), shown, 1e-4);
    }

    /// <summary>With probes the file has the standard errors as well, and the mean is the exact one within them.</summary>
    [TestMethod]
    public void Likelihood_FromRandomDirections_SaysHowAccurateItIs()
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder["points.csv"], KnownDataSets.Find("moons").Draw(200, seed: 5));
        (int code, string exact, string messages) = RunIn(
            folder.Root, "likelihood", Moons, "points.csv", "--steps", "20", "-o", "exact.csv");
        Assert.AreEqual(0, code, messages);
        Assert.MatchesRegex(@"divergence +exact", exact);
        (_, string estimated, _) = RunIn(
            folder.Root, "likelihood", Moons, "points.csv", "--steps", "20", "--probes", "16", "--seed", "3", "-o", "estimated.csv");
        Assert.MatchesRegex(@"divergence +estimated from 16 random probes", estimated);
        Assert.MatchesRegex(@"error of the estimate +0\.0\d{3} nats, standard error of the mean", estimated);
        (PointSet right, PointSet found) = (PointFile.Read(folder["exact.csv"]), PointFile.Read(folder["estimated.csv"]));
        CollectionAssert.AreEqual(new[] { "log_likelihood", "standard_error" }, found.Columns!.ToArray());
        double standardError = Math.Sqrt(Enumerable.Range(0, 200).Sum(i => found[i][1] * (double)found[i][1])) / 200;
        Assert.AreEqual(right.Values.ToArray().Average(), Enumerable.Range(0, 200).Average(i => found[i][0]), 4 * standardError);
        CommandRun.AssertRefused(
            "The number of probes must be between 1 and 256; was 0.",
            RunIn(folder.Root, "likelihood", Moons, "points.csv", "--probes", "0"));
        CommandRun.AssertRefused(
            "--seed chooses the random probes, but in 2 dimensions the divergence is exact. Leave --seed out, or add --probes.",
            RunIn(folder.Root, "likelihood", Moons, "points.csv", "--seed", "3"));
    }

    [TestMethod]
    public void Solvers_AreListed_WithOrderEvaluationsAndGrid()
    {
        (int code, string text, _) = Run("solvers");
        Assert.AreEqual(0, code);
        foreach (SolverEntry entry in KnownSolvers.All)
        {
            string line = text.Split('\n').Single(line => line.Trim().StartsWith($"{entry.Name} ", StringComparison.Ordinal));
            StringAssert.Contains(line, entry.Create(new SolverSettings()).DefaultGrid.Name);
            StringAssert.Contains(line, entry.Source);
        }
    }

    [TestMethod]
    public void Inspect_ShowsTheCard()
    {
        (int code, string text, _) = Run("inspect", Moons);
        Assert.AreEqual(0, code);
        StringAssert.Contains(text, "diffusion-train moons");
        using JsonDocument json = JsonDocument.Parse(Run("inspect", Moons, "--json").Output);
        Assert.AreEqual(1000, json.RootElement.GetProperty("diffusion.scheduler").GetProperty("num_train_timesteps").GetInt32());
    }

    [TestMethod]
    public void WithoutACommand_TheHelpIsShown()
    {
        (int code, string output, _) = Run();
        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "Usage:");
    }

    private static (int Code, string Output, string Messages) Run(params string[] arguments) => RunIn(AppContext.BaseDirectory, arguments);

    private static (int Code, string Output, string Messages) RunIn(string folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder, arguments);
}
