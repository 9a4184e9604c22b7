using System.Globalization;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests.Cli;

/// <summary>From a table to a table, as a user goes: train, sample, evaluate.</summary>
[TestClass]
public sealed class PointFileCommandTests
{
    private static readonly string[] Quick = ["--iterations", "200", "--batch", "64", "--width", "32", "--depth", "2", "--threads", "1"];
    private static readonly string[] Quickest = ["--iterations", "5", "--batch", "8", "--width", "8", "--depth", "1", "--threads", "1"];

    /// <summary>In float32 the times are one number, and the dates are wrong.</summary>
    [TestMethod]
    public void DatesAndTimesInMilliseconds_ComeBackInTheirRange_AndConstantsExactly()
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", "date,zero,time,tiny,day\n" + string.Concat(Enumerable.Range(0, 200).Select(
            i => $"{20240131 + (i % 28)},0,{1700000000000 + i},1e-20,20240131\n")));
        string messages = Train(folder, "t.csv", Quick);
        foreach (string constant in new[] { "zero is always 0;", "tiny is always 1E-20;", "day is always 20240131;" })
        {
            StringAssert.Contains(messages, $"Column {constant}");
        }

        Assert.IsFalse(messages.Contains("time is always", StringComparison.Ordinal), messages);
        Assert.IsFalse(messages.Contains("duplicates", StringComparison.Ordinal), messages);
        Diffuse(folder, "sample", "m.onnx", "-n", "500", "-o", "s.csv");
        Diffuse(folder, "sample", "m.onnx", "-n", "500", "-o", "s.npy", "--float64");
        Diffuse(folder, "sample", "m.onnx", "-n", "500", "-o", "f.npy");
        Diffuse(folder, "sample", "m.onnx", "-n", "500", "--trajectory", "steps.npy", "--float64", "-o", "last.csv");
        NumericTable samples = PointFile.ReadTable(folder["s.csv"]).Table;
        Assert.AreEqual("date,zero,time,tiny,day", File.ReadLines(folder["s.csv"]).First());
        for (int i = 0; i < samples.Count; i++)
        {
            Assert.AreEqual((0, 1e-20, 20240131), (samples[i][1], samples[i][3], samples[i][4]));
        }

        AssertMoments(samples, 0, 20240144.1, 8.1);
        AssertMoments(samples, 2, 1700000000099.5, 57.7);
        CollectionAssert.AreEqual(samples.Values.ToArray(), PointFile.ReadTable(folder["s.npy"]).Table.Values.ToArray());
        CollectionAssert.AreEqual(samples.Values.ToArray(), PointFile.ReadTable(folder["last.csv"]).Table.Values.ToArray());
        byte[] steps = File.ReadAllBytes(folder["steps.npy"]);
        Assert.AreEqual(BitConverter.DoubleToInt64Bits(samples.Values[^1]), BitConverter.ToInt64(steps, steps.Length - sizeof(double)));
        CollectionAssert.AreEqual(
            Array.ConvertAll(samples.Values.ToArray(), value => (float)value), PointFile.Read(folder["f.npy"]).Values.ToArray());
        CommandRun.AssertRefused(
            "--float64 applies to .npy files",
            CommandRun.Of("diffusion", folder.Root, "sample", "m.onnx", "-n", "5", "-o", "x.csv", "--float64"));

        // Samples are in the units of the network before they are compared: in float32 all times would be alike.
        string report = Diffuse(folder, "evaluate", "m.onnx", "--data", "t.csv", "--seeds", "1", "--json").Output;
        Assert.IsLessThan(0.5, Measure(report, "deviations, largest gap"));
        CommandRun.AssertRefused(
            "--columns lists the columns of the model in another order; expected date,time.",
            CommandRun.Of("diffusion", folder.Root, "evaluate", "m.onnx", "--data", "t.csv", "--columns", "time,date", "--header", "yes"));
        Diffuse(folder, "compile", "m.onnx", "--solver", "ddim", "--steps", "5", "-o", "c.onnx");
        CommandRun.AssertRefused(
            "The points of 'm.onnx' cannot be compared", CommandRun.Of("diffusion", folder.Root, "verify", "c.onnx", "m.onnx"));
        Diffuse(folder, "sample", "c.onnx", "-n", "3", "-o", "c.csv");
        Assert.AreEqual(20240131, PointFile.ReadTable(folder["c.csv"]).Table[2][4]);
    }

    [TestMethod]
    public void AnArrayOfFloat64_ComesBackInItsRange()
    {
        using TemporaryFolder folder = new();
        double[] values = [.. Enumerable.Range(0, 200).SelectMany(i => new[] { 1700000000000 + i, Math.Sin(i) })];
        PointFile.Write(folder["t.npy"], 200, [new NumericTable(values, 2)], NumberWidth.Bits64);
        Train(folder, "t.npy", Quick);
        Diffuse(folder, "sample", "m.onnx", "-n", "500", "-o", "s.npy", "--float64");
        AssertMoments(PointFile.ReadTable(folder["s.npy"]).Table, 0, 1700000000099.5, 57.7);
    }

    /// <summary>A constant has no density; one of them once counted for 31 nats.</summary>
    [TestMethod]
    public void Likelihood_DoesNotCountConstants()
    {
        using TemporaryFolder folder = new();
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{Math.Sin(i)},{Math.Cos(3 * i)}"))];
        folder.Write("plain.csv", "a,b\n" + string.Concat(rows.Select(row => $"{row}\n")));
        folder.Write("wide.csv", "a,b,c\n" + string.Concat(rows.Select(row => $"{row},7\n")));
        string[] found = [.. new[] { "plain", "wide" }.Select(name =>
        {
            Train(folder, $"{name}.csv", Quickest);
            return Diffuse(folder, "likelihood", "m.onnx", $"{name}.csv", "--steps", "10").Output;
        })];
        StringAssert.Contains(found[0], "nats");
        Assert.AreEqual(found[0], found[1]);
        Diffuse(folder, "encode", "wide.csv", "m.onnx", "-o", "noise.npy");
        Assert.AreEqual(2, PointFile.Read(folder["noise.npy"]).Dimension);
    }

    [TestMethod]
    public void TheHeader_IsToldAndOverruled_ByEveryCommandThatReadsATable()
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", "2019,2020\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{(i * i) + 1}\n")));
        string messages = Train(folder, "t.csv", Quickest);
        StringAssert.Contains(messages, "The first line is read as the header: 2019, 2020 (--header no reads it as data).");
        StringAssert.Contains(Train(folder, "t.csv", [.. Quickest, "--header", "no", "--hold-out", "0.5"]), "10 of 21 points are held out");
        Train(folder, "t.csv", [.. Quickest, "--header", "yes"]);
        Diffuse(folder, "sample", "m.onnx", "-n", "40", "-o", "s.csv");
        StringAssert.StartsWith(File.ReadAllText(folder["s.csv"]), "2019,2020\n");
        string[][] readers =
        [
            ["likelihood", "m.onnx", "t.csv", "--steps", "2"],
            ["encode", "t.csv", "m.onnx", "--steps", "2", "-o", "n.npy"],
            ["evaluate", "m.onnx", "--data", "t.csv", "--seeds", "1", "--steps", "2"],
            ["figure", "pairs", "m.onnx", "--data", "t.csv", "--steps", "2", "-o", "p.png"],
        ];
        foreach (string[] reader in readers)
        {
            StringAssert.Contains(Diffuse(folder, reader).Messages, "The first line is read as the header: 2019, 2020");
            Assert.IsFalse(Diffuse(folder, [.. reader, "--header", "no"]).Messages.Contains("header", StringComparison.Ordinal));
        }

        Assert.AreEqual(21, PointFile.Read(folder["n.npy"]).Count);
    }

    [TestMethod]
    public void ATableOfASpreadsheet_ComesBackUnderNamesThatComputeNothing_AndIsReadAgain()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(
            folder["t.csv"],
            CodePages.GetBytes("=A1;größe;größe\n" + string.Concat(Enumerable.Range(0, 40).Select(
                i => string.Create(CultureInfo.InvariantCulture, $"{i},5;{i * i},25;{i % 7}\n")))));
        string messages = Train(folder, "t.csv", Quickest);
        StringAssert.Contains(messages, "'t.csv' is not UTF-8; it is read as Windows-1252.");
        StringAssert.Contains(messages, "Column 3 repeats the name 'größe'; it is renamed to 'größe_2'.");
        StringAssert.Contains(messages, "Commas in numbers are decimal commas: '0,5' is read as 0.5.");
        Diffuse(folder, "sample", "m.onnx", "-n", "100", "-o", "s.csv");
        Assert.AreEqual("\"'=A1\",größe,größe_2", File.ReadLines(folder["s.csv"]).First());
        Diffuse(folder, "evaluate", "m.onnx", "--data", "s.csv", "--seeds", "1", "--steps", "2");
        Diffuse(folder, "evaluate", "m.onnx", "--data", "t.csv", "--seeds", "1", "--steps", "2");
    }

    [TestMethod]
    [DataRow("a,b\n0,1\n1e-170,2\n0,3\n", "'t.csv', column a: the mean must be between -1E+30 and 1E+30")]
    [DataRow(
        "a,b,c\n1,x,2\n2,y,\n3,z,4\n",
        "2 columns have cells that are not finite numbers: b (line 2: 'x'; 3 cells); c (line 3: empty; 1 cell).")]
    [DataRow("a,b,c\n1,x,2\n2,y,5\n3,z,4\n", "To read the other columns: --columns a,c")]
    [DataRow("nan,nan\n1,2\n3,4\n", "2 columns have cells that are not finite numbers")]
    [DataRow("1,234;5,678\n2,345;3,456\n", "can mean 2.345 or 2345.")]
    public void TablesThatAreNotClear_AreRefusedByOneLine(string text, string message)
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", text);
        CommandRun.AssertRefused(message, CommandRun.Of("diffusion-train", folder.Root, "t.csv", "--as", "points", "-o", "m.onnx"));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void TheHeaderOfADataSet_IsRefused()
    {
        using TemporaryFolder folder = new();
        CommandRun.AssertRefused(
            "A choice of a header applies to files, not to built-in data sets.",
            CommandRun.Of("diffusion-train", folder.Root, "moons", "--header", "no"));
    }

    private static System.Text.Encoding CodePages { get; } = System.Text.CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;

    private static string Train(TemporaryFolder folder, string data, string[] options)
    {
        (int code, _, string messages) = CommandRun.Of(
            "diffusion-train", folder.Root, [data, "--as", "points", "-o", "m.onnx", .. options]);
        Assert.AreEqual(0, code, messages);
        return messages;
    }

    private static (string Output, string Messages) Diffuse(TemporaryFolder folder, params string[] arguments)
    {
        (int code, string output, string messages) = CommandRun.Of("diffusion", folder.Root, arguments);
        Assert.AreEqual(0, code, messages);
        return (output, messages);
    }

    /// <summary>A short training is right to a third of a deviation or so.</summary>
    private static void AssertMoments(NumericTable table, int column, double mean, double deviation)
    {
        double[] values = [.. Enumerable.Range(0, table.Count).Select(row => table[row][column])];
        double found = values.Average();
        Assert.AreEqual(mean, found, 0.4 * deviation);
        Assert.AreEqual(deviation, Math.Sqrt(values.Average(value => (value - found) * (value - found))), 0.4 * deviation);
        Assert.IsGreaterThan(table.Count / 2, values.Distinct().Count());
    }

    private static double Measure(string report, string name)
        => System.Text.Json.JsonDocument.Parse(report).RootElement.GetProperty("measures").EnumerateArray()
            .Single(measure => measure.GetProperty("name").GetString() == name).GetProperty("samples").GetProperty("mean").GetDouble();
}
