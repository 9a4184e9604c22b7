using System.Globalization;
using System.Text.RegularExpressions;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests.Cli;

/// <summary>What the training of a table says and leaves.</summary>
[TestClass]
public sealed class TableTrainingTests
{
    private static readonly string Penguins = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");

    /// <summary>Rows that have nothing to do with each other are soon known by heart. The weights of before are kept, and it is said; where
    /// the loss on unseen rows falls to the end, nothing is.</summary>
    [TestMethod]
    public void WhereTheHoldOutLossRises_ItIsSaid_AndTheBestWeightsAreKept()
    {
        using TemporaryFolder folder = new();
        Random random = new(1);
        double[] row = new double[4];
        folder.Write("t.csv", "a,b,c,d\n" + string.Concat(Enumerable.Range(0, 40).Select(
            _ => string.Join(',', row.Select(_ => FormattableString.Invariant($"{random.NextDouble():0.000}"))) + "\n")));
        string[] run = ["--threads", "1", "--iterations", "600", "--batch", "64"];
        string messages = Train(folder, ["t.csv", "-o", "m.onnx", .. run, "--hold-out", "0.5"]).Messages;
        Match warning = Regex.Match(
            messages, @"the hold-out loss rose from (\d\.\d+) after iteration (\d+) to (\d\.\d+): the network began to copy rows");
        Assert.IsTrue(warning.Success, messages);
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["m.onnx"]);
        double kept = sampler.Card.Training!.HoldOutLoss!.Value;
        Assert.AreEqual(warning.Groups[1].Value, kept.ToString("0.0000", CultureInfo.InvariantCulture));
        Assert.IsLessThan(600, int.Parse(warning.Groups[2].Value, CultureInfo.InvariantCulture));
        string penguins = Train(folder, [Penguins, "-o", "p.onnx", .. run]).Messages;
        Assert.IsFalse(penguins.Contains("began to copy", StringComparison.Ordinal), penguins);
    }

    [TestMethod]
    public void FiguresOfATable_AreThoseOfItsLoss()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = Train(
            folder, Penguins, "-o", "m.onnx", "--figures", "figures", "--iterations", "60", "--batch", "64");
        Assert.AreEqual(0, code, messages);
        StringAssert.Contains(output, "penguins-loss.png");
        Assert.IsTrue(File.Exists(folder[Path.Combine("figures", "penguins-loss.png")]));
    }

    /// <summary>One word among numbers makes a column one of text; whoever wants numbers is told where it stands.</summary>
    [TestMethod]
    public void AColumnOfNumbersAndAFewWords_IsSaidToBeText()
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", "x,zip,kind\n" + string.Concat(Enumerable.Range(0, 40).Select(
            i => FormattableString.Invariant($"{(i == 7 ? "high" : i * 0.5)},0{1000 + (i % 4)},{(i % 3 == 0 ? "1" : "a")}\n"))));
        string messages = Train(folder, "t.csv", "--dry-run").Messages;
        StringAssert.Contains(
            messages,
            "Column x is read as text: 39 cells are numbers, 1 is not, first 'high' in row 8. To learn numbers, correct these cells");
        Assert.IsFalse(messages.Contains("Column zip", StringComparison.Ordinal));
        Assert.IsFalse(messages.Contains("Column kind", StringComparison.Ordinal));
        StringAssert.Contains(Train(folder, "t.csv", "--dry-run", "--missing", "high").Output, "x       number        39        1");
    }

    /// <summary>A time becomes a number of iterations, which the card has, so that the same model can be made again.</summary>
    [TestMethod]
    public void MinutesBecomeIterations_WhichTheCardNames()
    {
        using TemporaryFolder folder = new();
        string[] run = [Penguins, "--batch", "32", "--width", "16", "--depth", "1", "--threads", "1"];
        (int code, _, string messages) = Train(folder, [.. run, "--minutes", "0.01", "-o", "m.onnx"]);
        Assert.AreEqual(0, code, messages);
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["m.onnx"]);
        string iterations = FormattableString.Invariant($"{sampler.Card.Training!.Iterations}");
        StringAssert.Contains(messages, $"{iterations} iterations of");
        StringAssert.EndsWith(sampler.Card.Training.Command, $" --iterations {iterations}");
        Assert.AreEqual(0, Train(folder, [.. run, "--iterations", iterations, "-o", "again.onnx"]).Code);
        using DiffusionSampler again = DiffusionSampler.Load(folder["again.onnx"]);
        Assert.AreEqual(Cells.Of(sampler.SampleTable(50)), Cells.Of(again.SampleTable(50)));
    }

    private static (int Code, string Output, string Messages) Train(TemporaryFolder folder, params string[] arguments)
        => CommandRun.Of("diffusion-train", folder.Root, arguments);
}
