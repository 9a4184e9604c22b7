using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>The commands that draw: figures and animations.</summary>
[TestClass]
public sealed class PictureCommandTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

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

    private static (int Code, string Output, string Messages) RunIn(string folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder, arguments);
}
