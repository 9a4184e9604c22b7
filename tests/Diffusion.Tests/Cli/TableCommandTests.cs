using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Tables that others have written, beside models that know how theirs looked; and tables that float32 cannot hold.</summary>
[TestClass]
public sealed class TableCommandTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

    [TestMethod]
    [DataRow("0,10\n0.1,10.5\n0.2,11.3\n0.3,11.4\n")]
    [DataRow("5,3\n5.1,3.25\n5.2,2.5\n4.5,2.75\n")]
    [DataRow("20,100\n20.5,100.25\n21.5,101.5\n21,101\n")]
    public void ARecordingThatBeginsWithWholeNumbers_KeepsItsFirstRow(string text)
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", text);
        string[][] commands =
        [
            ["encode", "t.csv", Moons, "--steps", "2", "-o", "n.npy"],
            ["evaluate", Moons, "--data", "t.csv", "--columns", "1,2", "--seeds", "1", "--steps", "2"],
        ];
        foreach (string[] command in commands)
        {
            StringAssert.Contains(Run(folder, command).Messages, "There is no header; the first line is read as data");
        }

        Assert.AreEqual(4, PointFile.Read(folder["n.npy"]).Count);
    }

    /// <summary>As pandas writes columns without names, without and with its row numbers, for a model that has no names either.</summary>
    [TestMethod]
    [DataRow("0,1\n", "")]
    [DataRow(",0,1\n", "row,")]
    public void TheNumbersOfPandas_AreNoPoints_ForAnyCommand(string header, string rowNumber)
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", header + string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant(
            $"{(rowNumber.Length > 0 ? $"{i}," : "")}{Math.Sin(i + 0.5)},{Math.Cos(i + 0.5)}\n"))));
        string[][] commands =
        [
            ["likelihood", Moons, "t.csv", "--steps", "2"],
            ["encode", "t.csv", Moons, "--steps", "2", "-o", "n.npy"],
            ["evaluate", Moons, "--data", "t.csv", "--seeds", "1", "--steps", "2"],
            ["figure", "pairs", Moons, "--data", "t.csv", "--steps", "2", "-o", "p.png"],
        ];
        foreach (string[] command in commands)
        {
            string messages = Run(folder, command).Messages;
            StringAssert.Contains(messages, "The first line is read as the header: ");
            StringAssert.Contains(messages, "0, 1 (--header no reads it as data).");
            Assert.AreEqual(rowNumber.Length > 0, messages.Contains("counts the rows; it is skipped", StringComparison.Ordinal));
        }

        Assert.AreEqual(20, PointFile.Read(folder["n.npy"]).Count);
    }

    [TestMethod]
    public void OneNumberThatIsTheNameOfAModelsColumn_IsNoHeader()
    {
        using TemporaryFolder folder = Model(new DataInfo { Name = "t", Dimension = 2, Columns = ["0.1", "0.5"] });
        folder.Write("t.csv", "0.5,0.25\n0.75,1.5\n0.25,0.5\n");
        Run(folder, "encode", "t.csv", "m.onnx", "--steps", "2", "-o", "n.npy");
        Assert.AreEqual(3, PointFile.Read(folder["n.npy"]).Count);
    }

    /// <summary>In float32 these times are 131 s apart, and the day is another.</summary>
    [TestMethod]
    public void WhatFloat32CannotTellApart_IsSaid_WithTheOptionThatCan()
    {
        DataInfo data = new()
        {
            Name = "t",
            Dimension = 2,
            Columns = ["time", "x"],
            Shift = [1.7e12, 0],
            Scale = [1000, 1],
            Constants =
            [
                new ConstantColumn { Position = 2, Name = "day", Value = 20240131 },
                new ConstantColumn { Position = 3, Name = "c", Value = 0.1 },
            ],
        };
        const string Warning =
            "warning: a .npy file holds float32 by default, which cannot resolve the values of time, day. Use --float64.";
        using TemporaryFolder folder = Model(data);
        StringAssert.Contains(Sample(folder, "-o", "s.npy"), Warning);
        StringAssert.Contains(Sample(folder, "-o", "s.csv", "--trajectory", "steps.npy"), Warning);
        foreach (string[] fine in new string[][] { ["-o", "s.npy", "--float64"], ["-o", "s.csv"], ["-o", "-"] })
        {
            Assert.IsFalse(Sample(folder, fine).Contains("warning", StringComparison.Ordinal));
        }

        File.WriteAllBytes(folder["m.onnx"], Network(data with { Shift = null, Constants = null }));
        Assert.IsFalse(Sample(folder, "-o", "s.npy").Contains("warning", StringComparison.Ordinal));
    }

    [TestMethod]
    public void AConstantBeyondFloat32_IsToldBeforeAnythingIsDrawn_WithTheOptionThatHoldsIt()
    {
        using TemporaryFolder folder = Model(
            new DataInfo { Name = "t", Dimension = 2, Constants = [new ConstantColumn { Position = 0, Value = 1e300 }] });
        foreach (string[] outputs in new string[][] { ["-o", "s.npy"], ["-o", "s.csv", "--trajectory", "steps.npy"] })
        {
            CommandRun.AssertRefused(
                "Column 1 is always 1E+300, which is beyond float32 (3.4e38). Use --float64.",
                CommandRun.Of("diffusion", folder.Root, ["sample", "m.onnx", "-n", "20", "--steps", "2", .. outputs]));
            Assert.HasCount(1, folder.Files);
        }

        Sample(folder, "-o", "s.npy", "--float64", "--trajectory", "steps.npy");
        Assert.AreEqual(1e300, PointFile.ReadTable(folder["s.npy"]).Table[19][0]);
    }

    /// <summary>What is drawn are the columns that vary, which float32 can always hold.</summary>
    [TestMethod]
    public void Show_DrawsWhatWasLearned_NotTheConstants()
    {
        using TemporaryFolder plain = Model(new DataInfo { Name = "t", Dimension = 2 });
        using TemporaryFolder folder = Model(
            new DataInfo { Name = "t", Dimension = 2, Constants = [new ConstantColumn { Position = 0, Value = 1e300 }] });
        string[] show = ["sample", "m.onnx", "-n", "500", "--steps", "5", "--show", "-o", "s.csv"];
        string plot = Run(plain, show).Output;
        StringAssert.StartsWith(plot, "┌");
        Assert.AreEqual(plot, Run(folder, show).Output);
    }

    private static byte[] Network(DataInfo data) => CardedNetwork.Bytes(File.ReadAllBytes(Moons), data);

    private static TemporaryFolder Model(DataInfo data)
    {
        TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m.onnx"], Network(data));
        return folder;
    }

    private static string Sample(TemporaryFolder folder, params string[] outputs)
        => Run(folder, ["sample", "m.onnx", "-n", "20", "--steps", "2", .. outputs]).Messages;

    private static (string Output, string Messages) Run(TemporaryFolder folder, params string[] arguments)
    {
        (int code, string output, string messages) = CommandRun.Of("diffusion", folder.Root, arguments);
        Assert.AreEqual(0, code, messages);
        return (output, messages);
    }
}
