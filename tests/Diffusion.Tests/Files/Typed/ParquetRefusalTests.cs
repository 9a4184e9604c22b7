using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;
using Parquet;
using Parquet.Schema;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Parquet files that are refused: damaged ones, hostile ones, and those with what no table has.</summary>
[TestClass]
public sealed class ParquetRefusalTests
{
    [TestMethod]
    public void ColumnsOfOtherTypes_AreRefused_AllAtOnce()
        => Assert.AreEqual(
            "FILE: 2 columns do not have the type asked for: species (number): 103 cells, first 'Adelie' in row 1; "
                + "day (number): 120 cells, first '2020-01-01' in row 1. Correct these cells, or ask for another type with --types.",
            TypedReader.Refusal(ParquetFileTests.PathOf("arrow-zstd"), TypedReader.Options with
            {
                Types = new Dictionary<string, ColumnType>
                {
                    ["species"] = ColumnType.Number, ["day"] = ColumnType.Number, ["year"] = ColumnType.Number,
                },
            }));

    [TestMethod]
    public void ChoosingAHeader_IsRefused()
        => Assert.AreEqual(
            "FILE is a .parquet file, whose columns always have names. Omit --header.",
            TypedReader.Refusal(ParquetFileTests.PathOf("arrow-zstd"), TypedReader.Options with { HasHeader = true }));

    [TestMethod]
    public async Task NestedAndInfiniteColumns_AreRefused_AllAtOnce_AndCanBeLeftOut()
    {
        using TemporaryFolder folder = new();
        DataField[] inner = [new DataField<int>("item"), new DataField<int>("x"), new DataField<double>("a"), new DataField<double>("b")];
        ParquetSchema schema = new(new ListField("list", inner[0]), new StructField("pair", inner[1]), inner[2], inner[3]);
        await using (FileStream stream = File.Create(folder["t.parquet"]))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAllPartsAsync<int>(inner[0], new[] { 1, 2 }, new[] { 2, 2 }, new[] { 0, 0 }, default);
            await group.WriteAllPartsAsync<int>(inner[1], new[] { 1, 2 }, new[] { 1, 1 }, null, default);
            await group.WriteAsync<double>(inner[2], new[] { 1, double.PositiveInfinity });
            await group.WriteAsync<double>(inner[3], new[] { double.NegativeInfinity, double.NegativeInfinity });
        }

        Assert.AreEqual(
            "FILE: these columns hold lists, structures, intervals or binary values, which cannot be read: list, pair. "
                + "Omit them with --except.",
            TypedReader.Refusal(folder["t.parquet"]));
        string infinite = TypedReader.Refusal(folder["t.parquet"], TypedReader.Options with { Except = ["list", "pair"] });
        StringAssert.Contains(infinite, "a");
        StringAssert.Contains(infinite, "row 2");
        StringAssert.Contains(infinite, "b");
        Assert.Throws<DiffusionException>(() => TypedReader.Read(folder["t.parquet"], TypedReader.Options with { Except = ["list"] }));
    }

    [TestMethod]
    [DataRow("PAR1")]
    [DataRow("name,age\nAnn,30\nBob,25\n")]
    [DataRow("PAR1PAR1PAR1PAR1")]
    public void OtherFiles_AreRefused(string text)
    {
        using TemporaryFolder folder = new();
        StringAssert.StartsWith(
            TypedReader.Refusal(folder.Write("t.parquet", text)), "FILE is no Parquet file, is damaged, or uses what cannot be read: ");
    }

    /// <summary>Wherever the description of a file ends too early: reading must end as well.</summary>
    [TestMethod]
    public void ADescriptionThatIsCutOff_IsRefused()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(ParquetFileTests.PathOf("arrow-snappy"));
        int length = BitConverter.ToInt32(whole, whole.Length - 8);
        int start = whole.Length - 8 - length;
        for (int kept = 1; kept < length; kept += 7)
        {
            File.WriteAllBytes(folder["t.parquet"], [.. whole[..(start + kept)], .. BitConverter.GetBytes(kept), .. "PAR1"u8]);
            StringAssert.StartsWith(TypedReader.Refusal(folder["t.parquet"]), "FILE is no Parquet file, is damaged, or uses what ");
        }
    }

    /// <summary>A cell that is missing takes no room, so a small file can stand for more than there is memory.</summary>
    [TestMethod]
    public void AFileThatStandsForFarMoreThanItHolds_IsRefused()
    {
        const int rows = 1 << 20;
        using TemporaryFolder folder = new();
        double[] missing = new double[rows];
        Array.Fill(missing, double.NaN);
        Table piece = new([new NumberColumn("a", missing)]);
        TableFile.Write(folder["t.parquet"], Enumerable.Repeat(piece, 9));
        long length = new FileInfo(folder["t.parquet"]).Length;
        Assert.AreEqual(
            $"FILE has {length} bytes and expands to {9L * rows * sizeof(double)} or more; at most 1000 times as many and 17179869184 "
                + "bytes are read. Split the file, or expand it first.",
            TypedReader.Refusal(folder["t.parquet"]));
        TableFile.Write(folder["t.parquet"], [piece]);
        Assert.AreEqual(rows, TypedReader.Read(folder["t.parquet"]).Table.Count);
    }

    [TestMethod]
    public void PiecesWithOtherTexts_AreNotTakenForTruthValues()
    {
        using TemporaryFolder folder = new();
        Table[] pieces = [new([new TextColumn("a", [0], ["true"])]), new([new TextColumn("a", [0], ["maybe"])])];
        Assert.ThrowsExactly<ArgumentException>(() => TableFile.Write(folder["t.parquet"], pieces));
        Assert.IsEmpty(folder.Files);
    }
}
