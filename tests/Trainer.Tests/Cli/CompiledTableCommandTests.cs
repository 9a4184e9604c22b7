using System.Text;
using System.Text.Json;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests.Cli;

/// <summary>Compiles, runs and verifies the model of a table as a user does.</summary>
[TestClass]
public sealed class CompiledTableCommandTests
{
    private static readonly string Penguins = Path.Combine(Repository.Root, "tests", "Support", "Models", "penguins.onnx");

    [TestMethod]
    public void ACompiledTable_GivesTheRowsOfItsModel_AndIsVerified()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = RunIn(folder, "compile", Penguins, "--given", "species,sex", "-o", "p.onnx");
        Assert.AreEqual(0, code, messages);
        CollectionAssert.AreEqual(new[] { "p.onnx", "p.columns.json" }, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        StringAssert.Contains(messages, "inputs: noise [n, 14], given.species, given.sex");
        (code, output, messages) = RunIn(folder, "verify", "p.onnx", Penguins);
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual("equal to the last bit: 1000 points, dpm++2m, 25 steps", output.Trim());
        Assert.AreEqual(
            RunIn(folder, "sample", Penguins, "-n", "300", "--seed", "5").Output,
            RunIn(folder, "sample", "p.onnx", "-n", "300", "--seed", "5").Output);
    }

    [TestMethod]
    public void TheFileOfColumns_SaysWhatOtherProgramsNeed()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, RunIn(folder, "compile", Penguins, "--given", "sex", "-o", "p.onnx").Code);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(folder["p.columns.json"])).RootElement;
        Assert.AreEqual(14, root.GetProperty("dimension").GetInt32());
        JsonElement[] columns = [.. root.GetProperty("columns").EnumerateArray()];
        Assert.HasCount(7, columns);
        Assert.AreEqual("""["MALE","FEMALE"]""", columns[6].GetProperty("categories").GetRawText().Replace("\n", "").Replace(" ", ""));
        Assert.AreEqual("given.sex", columns[6].GetProperty("given").GetString());
        Assert.IsTrue(columns[6].GetProperty("canBeMissing").GetBoolean());
        Assert.AreEqual("number", columns[2].GetProperty("type").GetString());
        Assert.IsFalse(columns[2].TryGetProperty("given", out _));
    }

    /// <summary>A file whose samples are right, but not its cells: a category was renamed, or a number moved.</summary>
    [TestMethod]
    public void Verify_CatchesAWrongCategory_AndAWrongNumber()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, RunIn(folder, "compile", Penguins, "-o", "p.onnx").Code);
        byte[] file = File.ReadAllBytes(folder["p.onnx"]);

        // The graph comes before the card, which has the same words and numbers.
        File.WriteAllBytes(folder["text.onnx"], Replace(file, Encoding.UTF8.GetBytes("Gentoo"), Encoding.UTF8.GetBytes("Gentol")));
        CommandRun.AssertRefused(
            "does not decode its samples as its table says: the output species is 'Gentol'",
            RunIn(folder, "verify", "text.onnx", Penguins));
        const double LeastMass = 2_700, Other = 2_710;
        File.WriteAllBytes(folder["number.onnx"], Replace(file, BitConverter.GetBytes(LeastMass), BitConverter.GetBytes(Other)));
        CommandRun.AssertRefused(
            "its table says: the output body_mass_g is '27", RunIn(folder, "verify", "number.onnx", Penguins, "-n", "5000"));
    }

    [TestMethod]
    public void Show_DrawsTheColumnsInEightyColumns()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = RunIn(folder, "sample", Penguins, "-n", "500", "--show", "-o", "rows.csv");
        Assert.AreEqual(0, code, messages);
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.IsTrue(lines.All(line => line.Length <= 80), output);
        CollectionAssert.AreEqual(
            new[] { "species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex" },
            lines.Where(line => line[0] != ' ').Select(line => line.Split(',')[0]).ToArray());
        string longest = new('█', 40);
        Assert.Contains(longest, lines.Single(line => line.StartsWith("  Adelie ", StringComparison.Ordinal)));
        StringAssert.EndsWith(lines.Single(line => line.StartsWith("  Adelie ", StringComparison.Ordinal)), "%");
        Assert.HasCount(4, lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains('▃')).ToArray());
        Assert.AreEqual(RunIn(folder, "sample", Penguins, "-n", "500").Output, File.ReadAllText(folder["rows.csv"]));
    }

    [TestMethod]
    public void Verify_RefusesTheModelOfAnotherTable()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, RunIn(folder, "compile", Penguins, "-o", "p.onnx").Code);
        string rows = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");
        (int code, _, string messages) = CommandRun.Of(
            "diffusion-train", folder.Root, rows, "-o", "other.onnx", "--iterations", "20", "--hold-out", "0.3", "--seed", "7");
        Assert.AreEqual(0, code, messages);
        CommandRun.AssertRefused("was not compiled from 'other.onnx': its table differs", RunIn(folder, "verify", "p.onnx", "other.onnx"));
    }

    [TestMethod]
    [DataRow("The model has no column 'age'", "compile", "{penguins}", "--given", "age", "-o", "x.onnx")]
    [DataRow("is the model of a table. Leave --layout out.", "compile", "{penguins}", "--layout", "triton", "-o", "folder")]
    [DataRow("Cells can be given to models of tables only", "compile", "{moons}", "--given", "all", "-o", "x.onnx")]
    [DataRow("is a compiled sampler", "fill", "p.onnx", "rows.csv", "-o", "x.csv")]
    [DataRow("is a compiled sampler", "evaluate", "p.onnx", "--data", "rows.csv")]
    [DataRow("The model takes no given values", "sample", "p.onnx", "--where", "sex=MALE", "-o", "x.csv")]
    public void WhatACompiledTableCannotDo_IsRefused_AndNothingIsWritten(string message, params string[] words)
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(0, RunIn(folder, "compile", Penguins, "-o", "p.onnx").Code);
        File.WriteAllText(folder["rows.csv"], "species,sex\nGentoo,\nAdelie,MALE\n");
        string[] before = folder.Files;
        string moons = Path.Combine(Repository.Root, "models", "moons.onnx");
        CommandRun.AssertRefused(
            message, RunIn(folder, [.. words.Select(word => word.Replace("{penguins}", Penguins).Replace("{moons}", moons))]));
        CollectionAssert.AreEquivalent(before, folder.Files);
    }

    private static byte[] Replace(byte[] content, byte[] old, byte[] @new)
    {
        int place = content.AsSpan().IndexOf(old);
        Assert.IsGreaterThan(0, place);
        byte[] changed = [.. content];
        @new.CopyTo(changed, place);
        return changed;
    }

    private static (int Code, string Output, string Messages) RunIn(TemporaryFolder folder, params string[] words)
        => CommandRun.Of("diffusion", folder.Root, words);
}
