using System.Diagnostics;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>What the command cannot do is said in one line, and leaves nothing behind.</summary>
[TestClass]
public sealed class BadInputTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

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
    [DataRow(
        "follows 0.5 (t = 1.49999999 follows 1.5).",
        "sample", "MODEL", "--times", "1000,1.5,1.49999999")]
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
    [DataRow("There is no command 'smple'. Choose one of: sample, fill, predict, encode, gif,", "smple", "MODEL")]
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
    public void ARunThatFails_LeavesNoFolder()
    {
        using TemporaryFolder folder = new();
        CommandRun.AssertRefused("There is no solver 'x'", RunIn(folder.Root, "sample", Moons, "--solver", "x", "-o", "new/folder/p.npy"));
        Assert.AreEqual(2, RunIn(folder.Root, "likelihood", Moons, Moons, "-o", "new/folder/p.npy").Code);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Root));
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

    private static (int Code, string Output, string Messages) RunIn(string folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder, arguments);
}
