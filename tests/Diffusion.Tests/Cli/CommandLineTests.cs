using System.Diagnostics;
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

    /// <summary>Every kind of figure and animation, in the other theme and format than the usual ones.</summary>
    [TestMethod]
    [DataRow("f.svg", "figure", "schedule", "cosine")]
    [DataRow("f.pdf", "figure", "compare", "MODEL", "-n", "50", "--steps", "2,3", "--solvers", "heun,sde-dpm++2m")]
    [DataRow("f.svg", "figure", "paths", "MODEL", "-n", "3", "--steps", "5")]
    [DataRow("f.pdf", "figure", "field", "MODEL", "--times", "500,1")]
    [DataRow("f.svg", "figure", "quality", "MODEL", "-n", "50")]
    [DataRow("f.png", "figure", "pairs", "MODEL", "-n", "50", "--scale", "2")]
    [DataRow("f.webp", "gif", "MODEL", "-n", "50", "--size", "160", "--frames", "5", "--color", "density")]
    [DataRow(
        "f.gif", "gif", "MODEL", "-n", "50", "--size", "160", "--compare", "ddim,heun", "--steps", "9",
        "--seamless", "--trails", "--no-ghost")]
    public void EveryPicture_CanBeDrawn(string file, params string[] words)
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = RunIn(
            folder.Root, [.. words.Select(word => word == "MODEL" ? Moons : word), "--theme", "dark", "-o", file]);
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual(file, output.Trim());
        Assert.IsGreaterThan(1_000, new FileInfo(folder[file]).Length);
    }

    [TestMethod]
    public void TheLossOfALog_IsDrawn()
    {
        using TemporaryFolder folder = new();
        folder.Write("run.csv", "iteration,loss,hold_out_loss,learning_rate,seconds\n1,0.5,,0.003,0.1\n2,0.4,0.45,0.003,0.2\n");
        Assert.AreEqual("run-loss.png", RunIn(folder.Root, "figure", "loss", "run.csv").Output.Trim());
        folder.Write("run.csv", "iteration,loss\n1,0.5\n2,0\n");
        CommandRun.AssertRefused(
            "The losses in 'run.csv' must be greater than 0; found 0.", RunIn(folder.Root, "figure", "loss", "run.csv"));
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
    public void Gif_NeedsNoOption_AndIsSmall()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = RunIn(folder.Root, "gif", Moons);
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual("moons.gif", output.Trim());
        Assert.IsLessThan(2_000_000, new FileInfo(folder["moons.gif"]).Length);
    }

    [TestMethod]
    public void Figures_AreWritten()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, RunIn(folder.Root, "figure", "forward", "circles").Code);
        Assert.AreEqual(0, RunIn(folder.Root, "figure", "forward", Moons).Code);
        Assert.AreEqual(0, RunIn(folder.Root, "figure", "reverse", Moons, "--solver", "ddpm", "--steps", "20").Code);
        CollectionAssert.AreEquivalent(
            new[] { "circles-forward.png", "moons-forward.png", "moons-ddpm.png" }, folder.Files.Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void FiguresOfTheSolversAndTheDensity_AreWritten()
    {
        using TemporaryFolder folder = new();
        (int code, string numbers, string messages) = RunIn(folder.Root, "figure", "convergence", Moons);
        Assert.AreEqual(0, code, messages);
        Assert.IsTrue(numbers.TrimEnd().Split('\n').All(line => line.Split(',').Length == 3));
        StringAssert.Contains(messages, "moons-convergence.png");
        Assert.AreEqual(0, RunIn(folder.Root, "figure", "density", Moons, "--cells", "16").Code);
        CollectionAssert.AreEquivalent(
            new[] { "moons-convergence.png", "moons-density.png" }, folder.Files.Select(Path.GetFileName).ToArray());
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
    [DataRow("The file 'nowhere.onnx' does not exist.", "sample", "nowhere.onnx")]
    [DataRow("is not an ONNX model, or it is damaged: field 14 has the unknown encoding 4.", "sample", "TEXT")]
    [DataRow("The number of steps must be between 1 and 1000, the number of training timesteps; was 0.", "sample", "MODEL", "--steps", "0")]
    [DataRow(
        "The number of steps must be between 1 and 1000, the number of training timesteps; was 2000.",
        "sample", "MODEL", "--steps", "2000")]
    [DataRow(
        "There is no solver 'dpm'. Choose one of: ddpm, ddim, euler, heun, rk4, deis, dpm++2m, dpm++3m, sde-dpm++2m.",
        "sample", "MODEL", "--solver", "dpm")]
    [DataRow(
        "There is no timestep spacing 'even'. Choose one of: uniform, leading, trailing, quadratic, cubic, logsnr, karras.",
        "sample", "MODEL", "--spacing", "even")]
    [DataRow("The solver ddpm has no setting 'eta'", "sample", "MODEL", "--solver", "ddpm", "--eta", "1")]
    [DataRow("The solver rk4 has no setting 'eta'; it belongs to ddim.", "sample", "MODEL", "--solver", "rk4", "--eta", "0.5")]
    [DataRow(
        "The solver ddim has no setting 'ode'; it belongs to euler, heun, rk4.", "sample", "MODEL", "--solver", "ddim", "--ode", "time")]
    [DataRow("--threshold requires --clip, the bound of the predicted clean data.", "sample", "MODEL", "--threshold", "0.9")]
    [DataRow("The bound of clean data must be greater than 0; was -1.", "sample", "MODEL", "--clip", "-1")]
    [DataRow("The file 'points.csv' does not exist.", "likelihood", "MODEL", "points.csv")]
    [DataRow("The file 'points.csv' does not exist.", "encode", "points.csv", "MODEL", "-o", "noise.npy")]
    [DataRow("The number of cells along a side must be between 8 and 1000; was 1.", "figure", "density", "MODEL", "--cells", "1")]
    [DataRow("The scale must be between 0.25 and 4 pixels per unit; was 9.", "figure", "convergence", "MODEL", "--scale", "9")]
    [DataRow("η (eta) must be between 0 and 1; was 3.", "sample", "MODEL", "--solver", "ddim", "--eta", "3")]
    [DataRow("--times must be numbers separated by commas, such as 1000,500,1; found 'x'.", "sample", "MODEL", "--times", "9,x")]
    [DataRow("--steps and --times cannot be combined. Leave one of them out.", "sample", "MODEL", "--times", "9,1", "--steps", "2")]
    [DataRow("Every time of --times must be between 1 and 1000; found 0.", "sample", "MODEL", "--times", "9,0")]
    [DataRow("Every time of --times must be between 1 and 1000; found 1000.5.", "sample", "MODEL", "--times", "1000.5,1")]
    [DataRow("Timesteps must descend by at least 1E-07; 0.4999999", "sample", "MODEL", "--times", "1000,1.5,1.49999999")]
    [DataRow(
        "--spacing and --times cannot be combined. Leave one of them out.", "sample", "MODEL", "--times", "9,1", "--spacing", "uniform")]
    [DataRow("The number of samples must be between 1 and", "sample", "MODEL", "-n", "0")]
    [DataRow("A file of points must be a .npy or .csv file; 'p.txt' has another extension.", "sample", "MODEL", "-o", "p.txt")]
    [DataRow("Cannot write", "sample", "MODEL", "-o", "TEXT/p.npy")]
    [DataRow(
        "Cannot parse argument '0,5' for option '--eta': expected a number with a decimal point, such as 0.5.",
        "sample", "MODEL", "--solver", "ddim", "--eta", "0,5")]
    [DataRow(
        "'./p.csv' is both --output and --noise, and one would overwrite the other. Use two different files.",
        "sample", "MODEL", "--noise", "p.csv", "-o", "./p.csv")]
    [DataRow("'p.npy' is both --trajectory and --output", "sample", "MODEL", "--trajectory", "p.npy", "-o", "p.npy")]
    [DataRow("'p.csv' is both --output and POINTS", "encode", "p.csv", "MODEL", "-o", "p.csv")]
    [DataRow("is both --output and MODEL", "compile", "MODEL", "-o", "MODEL")]
    [DataRow(
        "At most 100000 points can be compared; requested 200000. Average over more --seeds instead.", "evaluate", "MODEL", "-n", "200000")]
    [DataRow("A trajectory must be a .npy file; 't.csv' has another extension.", "sample", "MODEL", "--trajectory", "t.csv")]
    [DataRow("The file 'xT.npy' does not exist.", "sample", "MODEL", "--noise", "xT.npy")]
    [DataRow("An animation must be a .gif or .webp file; 'a.png' has another extension.", "gif", "MODEL", "-o", "a.png")]
    [DataRow("The size of an animation must be between 160 and 1080 pixels; was 1.", "gif", "MODEL", "--size", "1")]
    [DataRow("There is no data set 'mons'. Choose one of: moons, circles, 2gmm, radial_gmm.", "figure", "forward", "mons")]
    [DataRow("A figure must be a .png, .svg or .pdf file; 'f.jpg' has another extension.", "figure", "forward", "moons", "-o", "f.jpg")]
    [DataRow("There is no theme 'pink'. Choose one of: light, dark.", "figure", "forward", "moons", "--theme", "pink")]
    [DataRow("The number of frames of an animation must be between 2 and 1000; was 1.", "gif", "MODEL", "--frames", "1")]
    [DataRow(
        "--solver applies to one solver and cannot be used to compare several. Leave it out.",
        "gif", "MODEL", "--compare", "ddim,ddpm", "--solver", "ddim")]
    [DataRow("At most 6 solvers can be compared; found 7.", "gif", "MODEL", "--compare", "ddim,ddim,ddim,ddim,ddim,ddim,ddim")]
    [DataRow("There is no solver ''. Choose one of: ddpm,", "figure", "compare", "MODEL", "--solvers", "ddim,")]
    [DataRow(
        "--steps must be whole numbers separated by commas, such as 5,10,20,50,100; found 'x'.",
        "figure", "compare", "MODEL", "--steps", "5,x")]
    [DataRow("The number of points must be between 1 and 500; was 0.", "figure", "paths", "MODEL", "-n", "0")]
    [DataRow("--times must be between 1 and 1000; found 0.", "figure", "field", "MODEL", "--times", "0")]
    [DataRow("--times must list at most 8 times; found 9.", "figure", "density", "MODEL", "--times", "1,2,3,4,5,6,7,8,9")]
    [DataRow("The file 'nothing.csv' does not exist.", "figure", "loss", "nothing.csv")]
    [DataRow("--columns applies to files. Specify a file with --data.", "figure", "pairs", "MODEL", "--columns", "a")]
    [DataRow(
        "--show and --output - both write to standard output. Leave one of them out, or specify a file.",
        "sample", "MODEL", "--show", "-o", "-")]
    [DataRow("Unrecognized command or argument '--stpes'.", "sample", "MODEL", "--stpes", "5")]
    [DataRow(
        "Cannot parse argument 'x' for option '--steps': expected a whole number of at most 2147483647.",
        "sample", "MODEL", "--steps", "x")]
    [DataRow(
        "Cannot parse argument '-1' for option '--seed': expected a whole number between 0 and 18446744073709551615.",
        "sample", "MODEL", "--seed", "-1")]
    [DataRow("There is no command 'smple'. Choose one of: sample, encode, gif,", "smple", "MODEL")]
    [DataRow("There is no command 'backward'. Choose one of: forward, reverse,", "figure", "backward", "moons")]
    [DataRow("Cannot parse argument 'x' for option '--eta': expected a number.", "sample", "MODEL", "--solver", "ddim", "--eta", "x")]
    [DataRow(
        "Argument 'none' not recognized. Must be one of: 'beta' 'posterior'", "sample", "MODEL", "--solver", "ddpm", "--variance", "none")]
    [DataRow("Required argument missing for command: 'inspect'.", "inspect")]
    public void BadInput_IsAnsweredByOneLine_ExitCodeTwo_AndNoFile(string message, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        string text = folder.Write("text.onnx", "this is no model");
        string[] actual = Array.ConvertAll(
            arguments,
            argument => argument.Replace("MODEL", Moons, StringComparison.Ordinal).Replace("TEXT", text, StringComparison.Ordinal));
        CommandRun.AssertRefused(message, RunIn(folder.Root, actual));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void WithoutACommand_TheHelpIsShown()
    {
        (int code, string output, _) = Run();
        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "Usage:");
    }

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

    /// <summary>Whoever opens a pipe waits for somebody to write into it, perhaps for ever.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(30_000)]
    public void APipeInPlaceOfAFile_IsRefusedAtOnce()
    {
        using TemporaryFolder folder = new();
        Process.Start("mkfifo", [folder["p.npy"]]).WaitForExit();
        File.CreateSymbolicLink(folder["link.onnx"], "p.npy");
        CommandRun.AssertRefused("'p.npy' is a pipe; a regular file is required.", RunIn(folder.Root, "likelihood", Moons, "p.npy"));
        CommandRun.AssertRefused("'link.onnx' is a pipe; a regular file is required.", RunIn(folder.Root, "inspect", "link.onnx"));
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

    [TestMethod]
    public void ARunThatFails_LeavesNoFolder()
    {
        using TemporaryFolder folder = new();
        CommandRun.AssertRefused("There is no solver 'x'", RunIn(folder.Root, "sample", Moons, "--solver", "x", "-o", "new/folder/p.npy"));
        Assert.AreEqual(2, RunIn(folder.Root, "likelihood", Moons, Moons, "-o", "new/folder/p.npy").Code);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Root));
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

    private static (int Code, string Output, string Messages) Run(params string[] arguments) => RunIn(AppContext.BaseDirectory, arguments);

    private static (int Code, string Output, string Messages) RunIn(string folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder, arguments);
}
