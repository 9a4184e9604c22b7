using System.Diagnostics;
using System.Text.Json.Nodes;
using Diffusion.Data.Tables;
using Diffusion.Sampling;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests.Cli;

/// <summary>Tables of people's own, from file to file.</summary>
[TestClass]
public sealed class TableCommandTests
{
    private static readonly string[] Quick = ["--iterations", "60", "--batch", "64", "--width", "32", "--depth", "2", "--threads", "1"];

    private static readonly string Penguins = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");

    /// <summary>Numbers keep decimals and range, categories are known ones, and cells are missing where they may be.</summary>
    [TestMethod]
    public void ATable_GoesIn_AndRowsComeOut()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = Train(folder, [Penguins, "-o", "m.onnx", .. Quick]);
        Assert.AreEqual(0, code, messages);
        StringAssert.Contains(output, "hold-out loss");
        StringAssert.Contains(messages, "bill_length_mm     number");
        foreach (string file in new[] { "s.csv", "s.tsv", "s.csv.gz" })
        {
            Assert.AreEqual(0, Diffuse(folder, "sample", "m.onnx", "-n", "300", "-o", file).Code);
        }

        Assert.AreEqual(File.ReadLines(Penguins).First(), File.ReadLines(folder["s.csv"]).First());
        Table real = TableFile.Read(Penguins).Table;
        Table drawn = TableFile.Read(folder["s.csv"]).Table;
        Assert.AreEqual(300, drawn.Count);
        foreach (TableColumn column in drawn.Columns)
        {
            HashSet<string> known = [.. Enumerable.Range(0, real.Count).Select(real[column.Name].GetText)];
            Assert.IsTrue(Enumerable.Range(0, 300).All(
                row => column.IsMissing(row) ? known.Contains("") : IsPossible(column, row, known)));
        }

        Assert.AreEqual(Cells.Of(drawn), Cells.Of(TableFile.Read(folder["s.tsv"]).Table));
        Assert.AreEqual(Cells.Of(drawn), Cells.Of(TableFile.Read(folder["s.csv.gz"]).Table));
        Assert.AreEqual(File.ReadAllText(folder["s.csv"]), Diffuse(folder, "sample", "m.onnx", "-n", "300").Output);

        // The first of many are those of few, and the program that embeds the sampler gets the same.
        string[] many = Diffuse(folder, "sample", "m.onnx", "-n", "400").Output.Split('\n');
        CollectionAssert.AreEqual(File.ReadAllLines(folder["s.csv"]), many.Take(301).ToArray());
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["m.onnx"]);
        Assert.AreEqual(Cells.Of(drawn), Cells.Of(sampler.SampleTable(300)));
        Assert.AreEqual(
            Cells.Of(drawn), string.Concat(sampler.SampleTablePieces(new SamplingJob { Count = 300 }, pieceSize: 77).Select(Cells.Of)));

        bool IsPossible(TableColumn column, int row, HashSet<string> known)
        {
            NumberColumn? numbers = real[column.Name] as NumberColumn;
            return numbers is null
                ? known.Contains(column.GetText(row))
                : numbers.Format.TryParse(column.GetText(row), out double value)
                    && value >= numbers.Values.ToArray().Where(double.IsFinite).Min()
                    && value <= numbers.Values.ToArray().Where(double.IsFinite).Max();
        }
    }

    [TestMethod]
    public void ADryRun_ShowsTheColumns_AndWritesNothing()
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", "id,zip,joined,kind,score,note,same\n" + string.Concat(Enumerable.Range(0, 60).Select(
            i => FormattableString.Invariant($"{i + 1},{(i % 5) + 1000:00000},2024-{(i % 12) + 1:00}-0{(i % 9) + 1},{"abc"[i % 3]},")
                + FormattableString.Invariant($"{(i % 7 == 0 ? "NA" : i * 0.25)},word {i},x\n"))));
        (int code, string output, string messages) = Train(
            folder, "t.csv", "--dry-run", "--types", "zip=category,kind=id", "--except", "same");
        Assert.AreEqual(0, code, messages);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        CollectionAssert.AreEqual(
            new[]
            {
                "column  type      values  missing  learned as",
                "id      id            60        0  left out: an identifier",
                "zip     category       5        0  one of 5",
                "joined  date          36        0  its distribution",
                "kind    id             3        0  left out: an identifier",
                "score   number        51        9  its distribution, and whether it is missing",
                "note    id            60        0  left out: an identifier",
            },
            lines);
        Assert.HasCount(1, folder.Files);
        CommandRun.AssertRefused("A dry run shows the columns of a table", Train(folder, "moons", "--dry-run"));
    }

    [TestMethod]
    [DataRow("has no column 'age', as --types asks for. The columns are: a, b.", "--types", "age=id")]
    [DataRow("has no column 'age', as --except asks for. The columns are: a, b.", "--except", "age")]
    [DataRow("There is no column 'c'; the columns are: a, b.", "--target", "c")]
    [DataRow("--types must be different columns and their types, such as zip=id,class=category; found 'a=zip'.", "--types", "a=zip")]
    [DataRow("--types must be different columns and their types, such as zip=id,class=category; found 'a=1'.", "--types", "a=1")]
    [DataRow(
        "--minutes and --iterations both set the length of the training. Leave one of them out.", "--minutes", "1", "--iterations", "5")]
    [DataRow("The minutes of training must be greater than 0 and at most 10080; was 0.", "--minutes", "0")]
    [DataRow("--network applies to points; a table has a network of its own. Leave it out.", "--network", "plain")]
    [DataRow("The number of rows that a text must occur in must be at least 1; was 0.", "--min-count", "0")]
    [DataRow("has no column that can be learned (a: left out: an identifier; b: left out: an identifier)", "--types", "a=id,b=id")]
    [DataRow("apply to tables, not to points and built-in data sets.", "--as", "points", "--except", "a")]
    public void OptionsThatDoNotFit_AreRefused_AndNothingIsWritten(string message, params string[] options)
    {
        using TemporaryFolder folder = new();
        folder.Write("t.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i * i},{i % 4}\n")));
        CommandRun.AssertRefused(message, Train(folder, ["t.csv", "-o", "m.onnx", .. options]));
        Assert.HasCount(1, folder.Files);
    }

    /// <summary>The samples of a model, and a file of them, are measured against the table; rows that repeat it are found.</summary>
    [TestMethod]
    public void Evaluate_MeasuresModelsAndFiles_AndFindsCopies()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, Train(folder, [Penguins, "-o", "m.onnx", .. Quick]).Code);
        JsonNode model = Evaluate("m.onnx", "--target", "species");
        Assert.AreEqual(1, Synthetic(model, "valid rows"));
        Assert.IsLessThan(0.1, Synthetic(model, "copies of training rows"));
        Assert.IsNotNull(model["target, accuracy"]);
        JsonNode copies = Evaluate(Penguins);
        Assert.AreEqual(1, Synthetic(copies, "copies of training rows"));
        Assert.AreEqual(1, Synthetic(copies, "score"), 1e-9);
        folder.Write("wrong.csv", File.ReadAllText(Penguins).Replace("Gentoo", "Emu", StringComparison.Ordinal));
        JsonNode wrong = Evaluate("wrong.csv");
        Assert.IsLessThan(0.7, Synthetic(wrong, "valid rows"));
        Assert.IsLessThan(0.97, Synthetic(wrong, "score"));
        CommandRun.AssertRefused("Specify it: --data FILE.", Diffuse(folder, "evaluate", "m.onnx"));
        CommandRun.AssertRefused(
            "There is no column 'kind'; the columns are: species,",
            Diffuse(folder, "evaluate", Penguins, "--data", Penguins, "--target", "kind"));
        StringAssert.Contains(
            Diffuse(folder, "evaluate", "m.onnx", "--data", "wrong.csv").Messages,
            "'wrong.csv' is not the file that the model was trained on");

        JsonNode Evaluate(string what, params string[] options)
            => JsonNode.Parse(Diffuse(folder, ["evaluate", what, "--data", Penguins, "--json", .. options]).Output)!;

        static double Synthetic(JsonNode report, string figure) => report[figure]!["synthetic"]!.GetValue<double>();
    }

    [TestMethod]
    public void OneRow_AndASpreadsheet_AreRefused()
    {
        using TemporaryFolder folder = new();
        folder.Write("one.csv", "a,b\n1,x\n");
        folder.Write("sheet.xlsx", "PK");
        CommandRun.AssertRefused("'one.csv' has 1 row; at least 2 rows are required.", Train(folder, "one.csv"));
        CommandRun.AssertRefused("is a spreadsheet. Save the sheet as .csv", Train(folder, "sheet.xlsx"));
    }

    /// <summary>A table's rows are no points: what draws or measures points says so, before it begins.</summary>
    [TestMethod]
    public void WhatNeedsPoints_RefusesTables()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, Train(folder, [Penguins, "-o", "m.onnx", .. Quick]).Code);
        string[][] commands =
        [
            ["gif", "m.onnx", "-o", "x.gif"],
            ["figure", "field", "m.onnx", "-o", "x.png"],
            ["likelihood", "m.onnx", "p.csv"],
            ["encode", "p.csv", "m.onnx", "-o", "x.npy"],
            ["sample", "m.onnx", "--trajectory", "x.npy"],
        ];
        folder.Write("p.csv", "a,b\n1,2\n3,4\n");
        foreach (string[] command in commands)
        {
            (int code, _, string messages) = Diffuse(folder, command);
            Assert.AreEqual(2, code, string.Join(' ', command) + messages);
            StringAssert.StartsWith(messages.Split('\n')[^2], "error: ", string.Join(' ', command));
            Assert.IsFalse(File.Exists(folder["x.gif"]) || File.Exists(folder["x.png"]) || File.Exists(folder["x.npy"]));
        }
    }

    /// <summary>An interrupted run that is resumed gives the bytes of one that was not.</summary>
    [TestMethod]
    public void AResumedRun_GivesTheSameModel()
    {
        using TemporaryFolder folder = new();
        string[] run = [Penguins, "--iterations", "400", "--batch", "64", "--width", "64", "--threads", "1"];
        using (Process process = CommandRun.Start("diffusion-train", folder.Root, [.. run, "-o", "m.onnx", "--log", "log.csv"]))
        {
            CommandRun.WaitFor(() => File.Exists(folder["log.csv"]) && new FileInfo(folder["log.csv"]).Length > 0);
            Assert.AreEqual(130, CommandRun.Interrupt(process));
        }

        Assert.AreEqual(0, Train(folder, [.. run, "-o", "m.onnx", "--resume"]).Code);
        Assert.AreEqual(0, Train(folder, [.. run, "-o", "other.onnx"]).Code);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["m.onnx"]), File.ReadAllBytes(folder["other.onnx"]));
    }

    private static (int Code, string Output, string Messages) Train(TemporaryFolder folder, params string[] arguments)
        => CommandRun.Of("diffusion-train", folder.Root, arguments);

    private static (int Code, string Output, string Messages) Diffuse(TemporaryFolder folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder.Root, arguments);
}
