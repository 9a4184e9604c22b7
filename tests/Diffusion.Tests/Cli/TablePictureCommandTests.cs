using System.Globalization;
using System.Text.Json.Nodes;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>The figures of models of tables, as their readers see them: by the text in them.</summary>
[TestClass]
public sealed class TablePictureCommandTests
{
    private static readonly string Model = Path.Combine(Repository.Root, "tests", "Support", "Models", "penguins.onnx");
    private static readonly string Rows = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");

    private static readonly string[] Columns =
        ["species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex"];

    [TestMethod]
    public void Pairs_NamesColumnsAndCategories_AndSaysWhatIsMissing()
    {
        IReadOnlyList<string> text = Draw("pairs", "--data", Rows);
        CollectionAssert.IsSubsetOf(Columns, text.ToArray());
        CollectionAssert.IsSubsetOf(
            new[] { "Adelie", "Gentoo", "Chinstrap", "Biscoe", "Torgersen", "MALE", "FEMALE", "missing", "data", "samples" },
            text.ToArray());
        StringAssert.Contains(text[1], "1000 samples, ");
        StringAssert.EndsWith(text[1], "; 344 rows of data");

        // 2 of 344 penguins have no length.
        CollectionAssert.Contains(text.ToArray(), "0.6 %");
        Assert.IsFalse(Draw("pairs").Contains("data"));
    }

    [TestMethod]
    public void Pairs_ShowsTheColumnsThatAreAskedFor_InTheirOrder()
    {
        IReadOnlyList<string> text = Draw("pairs", "--columns", "sex,body_mass_g", "-n", "50");
        StringAssert.EndsWith(text[1], "; 2 of 7 columns");
        CollectionAssert.AreEqual(
            new[] { "sex", "body_mass_g" }, text.Where(line => Columns.Contains(line)).Distinct().ToArray());
        CollectionAssert.DoesNotContain(text.ToArray(), "Adelie");
        CollectionAssert.Contains(text.ToArray(), "4000");
    }

    [TestMethod]
    public void Quality_HasTheNumbersOfEvaluate()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = CommandRun.Of(
            "diffusion", folder.Root, "evaluate", Model, "--data", Rows, "--json", "-n", "200", "--steps", "10");
        Assert.AreEqual(0, code, messages);
        IReadOnlyList<string> text = Draw("quality", "--data", Rows, "-n", "200", "--steps", "10");
        CollectionAssert.IsSubsetOf(Columns, text.ToArray());
        CollectionAssert.IsSubsetOf(new[] { "Gentoo", "FEMALE" }, text.ToArray());
        foreach ((string name, JsonNode? figure) in JsonNode.Parse(output)!.AsObject())
        {
            int line = text.ToList().IndexOf(name);
            Assert.IsGreaterThan(0, line, name);
            Assert.AreEqual(Text(figure!["synthetic"]!.GetValue<double>()), text[line + 1], name);
            Assert.AreEqual(Text(figure["real"]!.GetValue<double>()), text[line + 2], name);
        }
    }

    [TestMethod]
    public void Trends_HasEveryPairInBothTables_AndTheMeanScoreOfEvaluate()
    {
        using TemporaryFolder folder = new();
        JsonNode report = JsonNode.Parse(
            CommandRun.Of("diffusion", folder.Root, "evaluate", Model, "--data", Rows, "--json", "--steps", "10").Output)!;
        IReadOnlyList<string> text = Draw("trends", "--data", Rows, "--steps", "10");
        string mean = Text(report["pair trends"]!["synthetic"]!.GetValue<double>());
        StringAssert.Contains(text[1], $"; mean pair trend {mean}; 310 samples, 310 rows of data");
        foreach (string column in Columns)
        {
            Assert.AreEqual(4, text.Count(line => line == column), column);
        }

        // All with two decimals, as are 0.95 and 0.85 beside the scale.
        Assert.AreEqual(2 + (3 * Columns.Length * (Columns.Length - 1)), text.Count(line => line.Length is 4 or 5 && line[^3] == '.'));

        // The bill of a penguin is the shorter the deeper it is, over all species.
        CollectionAssert.Contains(text.ToArray(), "−0.23");
        Assert.AreEqual(2 * 3, text.Count(line => line is "real" or "samples" or "score (pair trend)" or "−1" or "≤ 0.8"));
    }

    [TestMethod]
    [DataRow("dark", "f.svg", "pairs")]
    [DataRow("light", "f.png", "trends")]
    [DataRow("dark", "f.svg", "quality")]
    public void EveryThemeAndFormat_IsWritten(string theme, string file, string figure)
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = CommandRun.Of(
            "diffusion", folder.Root, "figure", figure, Model, "--data", Rows, "-n", "50", "--steps", "5", "--theme", theme, "-o", file);
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual(file, output.Trim());
        Assert.IsGreaterThan(10_000, new FileInfo(folder[file]).Length);
    }

    [TestMethod]
    [DataRow("Specify it: --data FILE.", "quality", "MODEL")]
    [DataRow("Specify it: --data FILE.", "trends", "MODEL")]
    [DataRow(
        "'penguins' has no column 'weight', as --columns asks for. The columns are: species,", "pairs", "MODEL", "--columns", "weight")]
    [DataRow("'other.csv' lacks columns that the model has: island, bill_length_mm,", "pairs", "MODEL", "--data", "other.csv")]
    [DataRow("Its columns are: species, sex.", "trends", "MODEL", "--data", "other.csv")]
    [DataRow("The column 'body_mass_g' holds numbers in one table and text in another.", "pairs", "MODEL", "--data", "text.csv")]
    [DataRow("The column 'body_mass_g' holds numbers in one table and text in another.", "trends", "MODEL", "--data", "text.csv")]
    [DataRow("Pairs of columns need at least 2 columns; there is 1.", "trends", "MODEL", "--data", "ROWS", "--columns", "sex")]
    [DataRow(
        "A table must be a .csv, .tsv, .csv.gz, .tsv.gz, .parquet or .npy file; 'moons' has another extension.",
        "pairs", "MODEL", "--data", "moons")]
    [DataRow("The model of a table is required; 'moons' is a model of points.", "trends", "MOONS")]
    [DataRow("'penguins' is the model of a table, whose rows are not points.", "paths", "MODEL")]
    public void WhatDoesNotFit_IsRefused_AndNothingIsWritten(string message, params string[] words)
    {
        using TemporaryFolder folder = new();
        folder.Write("other.csv", "species,sex\nGentoo,MALE\nAdelie,FEMALE\n");
        string[] lines = File.ReadAllLines(Rows);
        folder.Write("text.csv", string.Join('\n', lines.Select((line, k) => k == 0 ? line : HeavyOr(line))));
        string[] arguments = [.. words.Select(word => word switch
        {
            "MODEL" => Model,
            "ROWS" => Rows,
            "MOONS" => ShippedModels.PathOf("moons"),
            _ => word,
        })];
        (int code, string output, string messages) run = CommandRun.Of("diffusion", folder.Root, ["figure", .. arguments]);
        Assert.AreEqual(2, run.code, run.messages);
        Assert.AreEqual("", run.output);
        StringAssert.Contains(run.messages.TrimEnd().Split('\n')[^1], message);
        Assert.HasCount(2, folder.Files);

        static string HeavyOr(string line)
        {
            string[] cells = line.Split(',');
            cells[5] = cells[5].Length == 0 ? "" : string.CompareOrdinal(cells[5], "4000") > 0 ? "heavy" : "light";
            return string.Join(',', cells);
        }
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Draw(string figure, params string[] options)
    {
        using TemporaryFolder folder = new();
        (int code, _, string messages) = CommandRun.Of("diffusion", folder.Root, ["figure", figure, Model, "-o", "f.pdf", .. options]);
        Assert.AreEqual(0, code, messages);
        return PdfText.Read(folder["f.pdf"]);
    }
}
