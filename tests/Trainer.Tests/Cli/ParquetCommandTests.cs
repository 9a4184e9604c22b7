using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests.Cli;

/// <summary>Parquet files through the commands: whatever is done with a .csv file can be done with a .parquet file, with the same
/// result.</summary>
[TestClass]
public sealed class ParquetCommandTests
{
    private static readonly string Csv = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");
    private static readonly string Model = Path.Combine(Repository.Root, "tests", "Support", "Models", "penguins.onnx");

    [TestMethod]
    public void ATable_TrainsAndSamplesTheSame_FromEitherFile()
    {
        using TemporaryFolder folder = new();
        TableFile.Write(folder["penguins.parquet"], [TableFile.Read(Csv).Table]);
        string[] run = ["--threads", "1", "--iterations", "20", "--batch", "32", "--seed", "5"];
        foreach ((string data, string name) in new[] { (Csv, "csv"), (folder["penguins.parquet"], "parquet") })
        {
            Assert.AreEqual(0, Run(folder, "diffusion-train", [data, "-o", $"{name}.onnx", .. run]).Code);
            Assert.AreEqual(0, Run(folder, "diffusion", ["sample", $"{name}.onnx", "-n", "50", "-o", $"of-{name}.parquet"]).Code);
        }

        CollectionAssert.AreEqual(File.ReadAllBytes(folder["of-csv.parquet"]), File.ReadAllBytes(folder["of-parquet.parquet"]));
        Assert.AreEqual(0, Run(folder, "diffusion", "sample", "csv.onnx", "-n", "50", "-o", "rows.csv").Code);
        Table rows = TableFile.Read(folder["of-csv.parquet"]).Table;
        Assert.AreEqual(50, rows.Count);
        Assert.AreEqual(Cells.Of(TableFile.Read(folder["rows.csv"]).Table), Cells.Of(rows));
    }

    [TestMethod]
    public void Rows_AreFilledAndEvaluated()
    {
        using TemporaryFolder folder = new();
        Table real = TableFile.Read(Csv).Table;
        TableFile.Write(folder["real.parquet"], [real]);
        Assert.AreEqual(0, Run(folder, "diffusion", "fill", Model, "real.parquet", "-o", "filled.parquet").Code);
        Table filled = TableFile.Read(folder["filled.parquet"]).Table;
        Assert.AreEqual(real.Count, filled.Count);
        foreach (TableColumn column in real.Columns)
        {
            for (int row = 0; row < real.Count; row++)
            {
                Assert.IsFalse(filled[column.Name].IsMissing(row));
                Assert.IsTrue(column.IsMissing(row) || column.GetText(row) == filled[column.Name].GetText(row), column.Name);
            }
        }

        // Not the file that the model was trained on, of which it knows which rows were held out.
        folder.Write("real.csv", File.ReadAllText(Csv) + "\n");
        string[] measure = ["evaluate", Model, "--json", "--data"];
        Assert.AreEqual(
            Run(folder, "diffusion", [.. measure, "real.csv"]).Output, Run(folder, "diffusion", [.. measure, "real.parquet"]).Output);
    }

    [TestMethod]
    public void ADamagedFile_IsRefused_AndNothingIsWritten()
    {
        using TemporaryFolder folder = new();
        TableFile.Write(folder["t.parquet"], [TableFile.Read(Csv).Table]);
        byte[] content = File.ReadAllBytes(folder["t.parquet"]);
        File.WriteAllBytes(folder["t.parquet"], content[..^9]);
        const string message = "'t.parquet' is no Parquet file, is damaged, or uses what cannot be read: ";
        CommandRun.AssertRefused(message, Run(folder, "diffusion-train", "t.parquet", "-o", "m.onnx"));
        CommandRun.AssertRefused(message, Run(folder, "diffusion", "fill", Model, "t.parquet", "-o", "f.parquet"));
        CommandRun.AssertRefused(
            "'t.parquet' is a .parquet file, whose columns always have names. Omit --header.",
            Run(folder, "diffusion-train", "t.parquet", "--header", "no", "-o", "m.onnx"));
        Assert.HasCount(1, folder.Files);
    }

    private static (int Code, string Output, string Messages) Run(TemporaryFolder folder, string command, params string[] arguments)
        => CommandRun.Of(command, folder.Root, arguments);
}
