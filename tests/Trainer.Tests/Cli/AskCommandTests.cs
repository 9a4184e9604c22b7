using Diffusion.Codecs.Queries;
using Diffusion.Data.Tables;
using Diffusion.Sampling;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests.Cli;

/// <summary>Questions to the model of a table: rows of a kind, empty cells, a column from the others.</summary>
[TestClass]
public sealed class AskCommandTests
{
    private const string Rows =
        "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,tag\n"
        + "Gentoo,,,,220,,,a\n,Dream,39,,190,3500,FEMALE,b\n,,,,,,,c\nEmu,Biscoe,39.1,18.7,181,3750,,d\n";

    private static readonly TemporaryFolder Folder = new();

    [ClassInitialize]
    public static void Train(TestContext context)
    {
        string penguins = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");
        (int code, _, string messages) = CommandRun.Of(
            "diffusion-train", Folder.Root, penguins, "-o", "m.onnx", "--iterations", "300", "--batch", "128", "--threads", "1");
        Assert.AreEqual(0, code, messages);
        Folder.Write("rows.csv", Rows);
    }

    [ClassCleanup]
    public static void CleanUp() => Folder.Dispose();

    [TestMethod]
    public void Where_GivesRowsOfThatKindAlone()
    {
        Table rows = Sample("-n", "300", "--where", "species=Gentoo", "--where", "body_mass_g=4500..5000");
        Assert.AreEqual(300, rows.Count);
        Assert.IsTrue(All(rows, "species", text => text == "Gentoo"));
        Assert.IsTrue(All(rows, "body_mass_g", text => int.Parse(text, null) is >= 4500 and <= 5000));

        // The network was told the species, and knows what follows: Gentoo penguins live on one island, as half of all penguins do.
        Assert.IsGreaterThan(225, Texts(rows, "island").Count(text => text == "Biscoe"));
        Assert.IsTrue(All(Sample("-n", "50", "--where", "sex="), "sex", text => text.Length == 0));
        Table small = Sample("-n", "50", "--where", "flipper_length_mm=..190");
        Assert.IsTrue(All(small, "flipper_length_mm", text => int.Parse(text, null) <= 190));
        Assert.IsTrue(All(Sample("-n", "50", "--where", "bill_depth_mm=17.1"), "bill_depth_mm", text => text == "17.1"));
    }

    [TestMethod]
    public void TheFirstRowsThatAreAskedFor_AreThoseOfMore()
    {
        string[][] queries = [["--where", "body_mass_g=5000.."], ["--where", "species=Adelie"], ["--balance", "species"]];
        foreach (string[] where in queries)
        {
            string[] few = Diffuse(["sample", "m.onnx", "-n", "20", .. where]).Output.Split('\n');
            string[] many = Diffuse(["sample", "m.onnx", "-n", "90", .. where]).Output.Split('\n');
            CollectionAssert.AreEqual(few[..21], many[..21], where[1]);
            Assert.AreNotEqual(few[1], Diffuse(["sample", "m.onnx", "-n", "20", "--seed", "1", .. where]).Output.Split('\n')[1]);
        }
    }

    [TestMethod]
    public void ABalancedColumn_HasEachCategoryEquallyOften()
    {
        Table rows = Sample("-n", "90", "--balance", "species");
        Assert.IsTrue(Texts(rows, "species").GroupBy(text => text).All(group => group.Count() == 30));
        Assert.AreEqual(3, Texts(rows, "species").Distinct().Count());
    }

    /// <summary>What a query leaves out is drawn and rejected: the share that stays is that of a plain run.</summary>
    [TestMethod]
    public void APieceSize_ChangesNothing_AndAQueryIsForTables()
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(Folder["m.onnx"]);
        TableQuery query = new(sampler.Card.Data.Table!, [new CellRange("body_mass_g", "4000", "")]);
        SamplingJob job = new() { Count = 200, Seed = 4, Query = query };
        string whole = Cells.Of(sampler.SampleTable(job));
        Assert.AreEqual(whole, string.Concat(sampler.SampleTablePieces(job, pieceSize: 33).Select(Cells.Of)));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Run(job, new float[200 * sampler.Signature.Shape.Size]));
        Table plain = sampler.SampleTable(4_096, seed: 4);
        NumberColumn mass = (NumberColumn)plain["body_mass_g"];
        string[] kept = [.. Cells.Of(plain).Split('\n').Where((_, row) => row < plain.Count && mass.Values[row] >= 4000)];
        CollectionAssert.AreEqual(whole.Split('\n')[..200], kept[..200]);
    }

    [TestMethod]
    [DataRow("The column 'species' has no cell 'Emu'; it has: Adelie, Gentoo, Chinstrap.", "--where", "species=Emu")]
    [DataRow("The model has no column 'weight'; its columns are: species,", "--where", "weight=3")]
    [DataRow("The column 'body_mass_g' has no cell '9000'; it has: 2", "--where", "body_mass_g=9000")]
    [DataRow("The column 'body_mass_g' has no cell '5000..4000'; it has: 2", "--where", "body_mass_g=5000..4000")]
    [DataRow("The column 'body_mass_g' has no cell 'heavy'; it has: 2", "--where", "body_mass_g=heavy")]
    [DataRow("--where must be a column and a cell, such as sex=female or age=30..40; found 'species'.", "--where", "species")]
    [DataRow("Each column can be asked for once; found: sex, sex.", "--where", "sex=MALE", "--where", "sex=FEMALE")]
    [DataRow("The column 'body_mass_g' cannot be balanced", "--balance", "body_mass_g")]
    [DataRow("A balanced column and ranges cannot be asked for together.", "--balance", "sex", "--where", "body_mass_g=4000..")]
    [DataRow("A query gives the conditions; the job must have none, and no initial noise.", "--where", "sex=MALE", "--noise", "noise.csv")]
    public void WhatCannotBeAskedFor_IsRefused(string message, params string[] options)
    {
        Folder.Write("noise.csv", string.Concat(Enumerable.Repeat(string.Join(',', Enumerable.Repeat("0", 14)) + "\n", 2)));
        CommandRun.AssertRefused(message, Diffuse(["sample", "m.onnx", "-n", "2", "-o", "refused.csv", .. options]));
        Assert.IsFalse(File.Exists(Folder["refused.csv"]));
    }

    [TestMethod]
    public void PointsHaveNoRowsToAskFor()
    {
        string moons = Path.Combine(Repository.Root, "models", "moons.onnx");
        CommandRun.AssertRefused(
            "--where and --balance apply to models of tables", Diffuse(["sample", moons, "-n", "2", "--where", "x=1"]));
        CommandRun.AssertRefused("'moons' was trained on points or images.", Diffuse(["fill", moons, "rows.csv", "-o", "refused.csv"]));
        CommandRun.AssertRefused(
            "'moons' was trained on points or images.", Diffuse(["predict", moons, "rows.csv", "--target", "sex", "-o", "refused.csv"]));
        using DiffusionSampler table = DiffusionSampler.Load(Folder["m.onnx"]);
        using DiffusionSampler points = DiffusionSampler.Load(moons);
        SamplingJob job = new() { Count = 2, Query = new TableQuery(table.Card.Data.Table!, []) };
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => points.SampleTable(job)).Message, "The model takes no given values");
    }

    /// <summary>Runs the example of docs/tables.md.</summary>
    [TestMethod]
    public async Task TheExampleOfTheDocs_DrawsAsksAndFills()
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(Folder["m.onnx"]);
        Table rows = sampler.SampleTable(500, seed: 1);
        NumberColumn mass = (NumberColumn)rows["body_mass_g"];
        TableQuery females = new(sampler.Card.Data.Table!, [new CellRange("sex", "FEMALE")]);
        Table some = sampler.SampleTable(new SamplingJob { Count = 100, Query = females });
        Table filled = sampler.Fill(some.SelectRows([0, 1, 2]));

        Assert.AreEqual(500, mass.Count);
        Assert.IsTrue(All(some, "sex", text => text == "FEMALE"));
        Assert.IsTrue(filled.Columns.All(column => Enumerable.Range(0, 3).All(row => !column.IsMissing(row))));
        Table awaited = await sampler.SampleTableAsync(new SamplingJob { Count = 100, Query = females });
        Assert.AreEqual(Cells.Of(some), Cells.Of(awaited));
        Example.AssertIsIn(
            "docs/tables.md", "tests/Trainer.Tests/Cli/AskCommandTests.cs", ("\"out/penguins.onnx\"", "Folder[\"m.onnx\"]"));
    }

    /// <summary>A model that has almost no such rows says so, and ends.</summary>
    [TestMethod]
    public void AlmostNoSuchRows_IsAnError()
    {
        (int code, string output, string messages) =
            Diffuse(["sample", "m.onnx", "-n", "1000", "--where", "body_mass_g=5900..", "--where", "flipper_length_mm=..176"]);
        Assert.AreEqual((2, ""), (code, output), messages);

        // On a slow machine the meter has written a line before.
        StringAssert.EndsWith(messages, "the model has almost no such rows. Ask for wider ranges.\n");
    }

    [TestMethod]
    public void EmptyCells_AreFilled_AndTheOthersStay()
    {
        Table before = TableFile.Read(Folder["rows.csv"]).Table;
        foreach (string[] options in new string[][] { [], ["--best"], ["--seed", "7"] })
        {
            (int code, _, string messages) = Diffuse(["fill", "m.onnx", "rows.csv", "-o", "filled.csv", .. options]);
            Assert.AreEqual(0, code, messages);
            Table after = TableFile.Read(Folder["filled.csv"]).Table;
            CollectionAssert.AreEqual(
                before.Columns.Select(column => column.Name).ToArray(), after.Columns.Select(column => column.Name).ToArray());
            foreach (TableColumn column in before.Columns)
            {
                for (int row = 0; row < before.Count; row++)
                {
                    Assert.IsFalse(after[column.Name].IsMissing(row), column.Name);
                    Assert.IsTrue(column.IsMissing(row) || column.GetText(row) == after[column.Name].GetText(row), column.Name);
                }
            }
        }

        Diffuse(["fill", "m.onnx", "rows.csv", "-o", "again.csv", "--seed", "7"]);
        Assert.AreEqual(File.ReadAllText(Folder["filled.csv"]), File.ReadAllText(Folder["again.csv"]));
        Diffuse(["fill", "m.onnx", "rows.csv", "-o", "other.csv", "--seed", "8"]);
        Assert.AreNotEqual(File.ReadAllText(Folder["filled.csv"]), File.ReadAllText(Folder["other.csv"]));
        Diffuse(["fill", "m.onnx", "rows.csv", "-o", "draws.csv", "--draws", "3", "--seed", "7"]);
        string[] draws = File.ReadAllLines(Folder["draws.csv"]);
        Assert.HasCount(1 + (3 * before.Count), draws);
        StringAssert.StartsWith(draws[0], "draw,species");
        Assert.AreEqual("1," + File.ReadAllLines(Folder["filled.csv"])[1], draws[1]);
    }

    [TestMethod]
    public void APrediction_IsADistribution_OrANumberWithItsRange()
    {
        Assert.AreEqual(0, Diffuse(["predict", "m.onnx", "rows.csv", "--target", "species", "-o", "p.csv", "--draws", "40"]).Code);
        Table shares = TableFile.Read(Folder["p.csv"]).Table;
        CollectionAssert.AreEquivalent(
            new[] { "p(Adelie)", "p(Gentoo)", "p(Chinstrap)" }, shares.Columns.Select(column => column.Name).ToArray());
        for (int row = 0; row < shares.Count; row++)
        {
            Assert.AreEqual(1, shares.Columns.Sum(column => ((NumberColumn)column).Values[row]), 1e-3);
        }

        // A flipper of 220 mm is that of a Gentoo, as a third of all penguins are.
        Assert.IsGreaterThan(0.55, ((NumberColumn)shares["p(Gentoo)"]).Values[0]);
        Assert.AreEqual(0, Diffuse(["predict", "m.onnx", "rows.csv", "--target", "body_mass_g", "-o", "p.csv", "--draws", "20"]).Code);
        Table numbers = TableFile.Read(Folder["p.csv"]).Table;
        for (int row = 0; row < numbers.Count; row++)
        {
            Assert.IsTrue(Value("q10", row) <= Value("q50", row) && Value("q50", row) <= Value("q90", row));
            Assert.IsTrue(Value("q10", row) <= Value("mean", row) && Value("mean", row) <= Value("q90", row));
        }

        double Value(string name, int row) => ((NumberColumn)numbers[$"body_mass_g {name}"]).Values[row];
    }

    [TestMethod]
    [DataRow("The model has no column 'age'", "predict", "rows.csv", "--target", "age")]
    [DataRow("The number of draws must be between 1 and 10000; was 0.", "predict", "rows.csv", "--target", "sex", "--draws", "0")]
    [DataRow("The rows have no column beside 'sex' to predict it from.", "predict", "one.csv", "--target", "sex")]
    [DataRow("The rows have none of the model's columns (species, island,", "fill", "other.csv")]
    [DataRow("The rows have none of the model's columns (species, island,", "predict", "other.csv", "--target", "sex")]
    [DataRow("--best gives one guess; --draws does not go with it.", "fill", "rows.csv", "--best", "--draws", "2")]
    [DataRow(
        "bill_depth_mm: 1 are no numbers, first 'deep' in row 2; body_mass_g: 2 are no numbers, first 'x' in row 1.", "fill", "bad.csv")]
    [DataRow("The file 'nowhere.csv' does not exist.", "fill", "nowhere.csv")]
    public void RowsThatDoNotFit_AreRefused_AndNothingIsWritten(string message, string command, string rows, params string[] options)
    {
        Folder.Write("one.csv", "sex\nMALE\nFEMALE\n");
        Folder.Write("other.csv", "height,weight\n170,60\n180,70\n");
        Folder.Write("bad.csv", "bill_depth_mm,body_mass_g\n17,x\ndeep,y\n");
        CommandRun.AssertRefused(message, Diffuse([command, "m.onnx", rows, "-o", "refused.csv", .. options]));
        Assert.IsFalse(File.Exists(Folder["refused.csv"]));
    }

    private static Table Sample(params string[] options)
    {
        (int code, _, string messages) = Diffuse(["sample", "m.onnx", "-o", "s.csv", .. options]);
        Assert.AreEqual(0, code, messages);
        return TableFile.Read(Folder["s.csv"]).Table;
    }

    private static bool All(Table table, string column, Func<string, bool> holds) => Texts(table, column).All(holds);

    private static IEnumerable<string> Texts(Table table, string column) => Enumerable.Range(0, table.Count).Select(table[column].GetText);

    private static (int Code, string Output, string Messages) Diffuse(string[] arguments)
        => CommandRun.Of("diffusion", Folder.Root, arguments);
}
