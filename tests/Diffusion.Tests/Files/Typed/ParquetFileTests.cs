using System.Globalization;
using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;
using Parquet;
using Parquet.Schema;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Parquet files: those that Apache Arrow writes, those that are written here, and those that are refused.</summary>
[TestClass]
public sealed class ParquetFileTests
{
    private const int ArrowRows = 120;

    private static readonly string[] Species = ["Adelie", "Chinstrap", "Gentoo"];

    /// <summary>Tests/Support/Tables holds what Arrow C++ 25.0.1 wrote of these columns, in two groups of rows.</summary>
    private static readonly (string Name, string Kind, Func<int, string> Cell)[] Arrow =
    [
        ("species", "text", row => row % 7 == 3 ? "" : Species[row % 3]),
        ("bill", "1: 1234.3", row => row % 11 == 0 ? "" : Print(Math.Round(30 + (row * 0.1), 1))),
        ("year", "0: 1234", row => row % 13 == 0 ? "" : Print(2007 + (row % 3))),
        ("adult", "text", row => row % 5 == 0 ? "" : row % 2 == 0 ? "true" : "false"),
        ("seen", "yyyy-MM-dd'T'HH:mm'Z'", row => row % 9 == 0
            ? "" : Print(new DateTime(2021, 3, 1, 12, 0, 0).AddMinutes(17 * row), "yyyy-MM-dd'T'HH:mm'Z'")),
        ("day", "yyyy-MM-dd", row => Print(new DateTime(2020, 1, 1).AddDays(row), "yyyy-MM-dd")),
        ("clock", "HH:mm:ss", row => Print(default(DateTime).AddSeconds(40 * row), "HH:mm:ss")),
        ("mass", "1: 1234.3", row => Print(Math.Round(3000.5 + (row * 0.1), 1))),
        ("price", "2: 1234.26", row => row % 4 == 0 ? "" : Print(row * 1.25)),
        ("big", "text", row => (9007199254740993L + row).ToString(CultureInfo.InvariantCulture)),
        ("date_text", "dd/MM/yyyy", row => Print(new DateTime(2019, 12, 30).AddDays(row), "dd/MM/yyyy")),
        ("guid", "text", row => $"{new Guid(row, 0, 0, new byte[8])}"),
        ("u16", "0: 1234", row => Print(65535 - row)),
    ];

    [TestMethod]
    [DataRow("arrow-snappy")]
    [DataRow("arrow-zstd")]
    [DataRow("arrow-plain-pages")]
    public void FilesOfArrow_AreRead_CellByCell(string name)
    {
        Table table = TypedReader.Read(PathOf(name)).Table;
        Assert.AreEqual(ArrowRows, table.Count);
        Assert.IsTrue(table.HasHeader);
        CollectionAssert.AreEqual(Arrow.Select(column => column.Name).ToArray(), table.Columns.Select(column => column.Name).ToArray());
        foreach ((string column, string kind, Func<int, string> cell) in Arrow)
        {
            Assert.AreEqual(kind, TypedReader.Describe(table[column]), column);
            string[] expected = [.. Enumerable.Range(0, ArrowRows).Select(cell)];
            CollectionAssert.AreEqual(expected, TypedReader.Cells(table[column]), column);
        }
    }

    /// <summary>What is read is written with the same types, so that it is read again as the same.</summary>
    [TestMethod]
    [DataRow("arrow-snappy")]
    public void Tables_AreReadAsTheyWereWritten(string name)
    {
        using TemporaryFolder folder = new();
        Table table = TypedReader.Read(PathOf(name)).Table;
        TableFile.Write(folder["t.parquet"], [Rows(table, 0, 50), Rows(table, 50, ArrowRows)]);
        Table read = TypedReader.Read(folder["t.parquet"]).Table;
        TypedReader.AssertSame(Without(table), Without(read));

        // A text that is a date becomes one.
        CollectionAssert.AreEqual(Numbers(table["date_text"]), Numbers(read["date_text"]));
        string[] types = Fields(folder["t.parquet"]);
        CollectionAssert.AreEqual(
            new[]
            {
                "String", "Double", "Int64", "Boolean", "DateTime Timestamp True", "DateTime Date False", "Int64 Micros", "Double",
                "Double", "String", "DateTime Date False", "String", "Int64",
            },
            types);
    }

    [TestMethod]
    public void ATableOfText_IsTheSame_OnceItIsWritten()
    {
        using TemporaryFolder folder = new();
        Table table = TypedReader.Read(Path.Combine(Repository.Root, "samples", "table", "penguins.csv")).Table;
        TableFile.Write(folder["t.parquet"], [table]);
        TypedReader.AssertSame(table, TypedReader.Read(folder["t.parquet"]).Table);
    }

    /// <summary>Times keep their microseconds, whole numbers all their digits, and texts whatever they are.</summary>
    [TestMethod]
    public void CellsAtTheEndsOfTheirRanges_AreKept()
    {
        using TemporaryFolder folder = new();
        Table table = new(
        [
            new NumberColumn("time", [-62135596800000000, 253402300799999999, double.NaN], new TimeFormat("yyyy-MM-dd HH:mm:ss.ffffff")),
            new NumberColumn("whole", [-9007199254740991, 9007199254740991, 0], new DecimalFormat { Places = 0 }),
            new NumberColumn("real", [1e-300, -1.7976931348623157e308, double.NaN]),
            new NumberColumn("none", [double.NaN, double.NaN, double.NaN]),
            new TextColumn("text", [0, 1, 2], ["=1+1", "'", "two\nlines 😀"]),
        ]);
        TableFile.Write(folder["t.parquet"], [table]);
        Table read = TypedReader.Read(folder["t.parquet"]).Table;
        foreach (string name in new[] { "time", "whole", "real", "text" })
        {
            CollectionAssert.AreEqual(TypedReader.Cells(table[name]), TypedReader.Cells(read[name]), name);
        }

        Assert.IsTrue(Enumerable.Range(0, 3).All(read["none"].IsMissing));
    }

    [TestMethod]
    public void Types_CanBeChosen()
    {
        using TemporaryFolder folder = new();
        TableFile.Write(folder["t.parquet"],
        [
            new Table(
            [
                new NumberColumn("day", [20190304, 20201231], new DecimalFormat { Places = 0 }),
                new NumberColumn("zip", [1234, 98765], new DecimalFormat { Places = 0 }),
                new NumberColumn("born", [0, 365], new TimeFormat("yyyy-MM-dd")),
                new TextColumn("money", [0, 1], ["$ 1,234.50", "$ 7.25"]),
                new TextColumn("mark", [0, 1], ["-", "x"]),
            ]),
        ]);
        Table read = TypedReader.Read(folder["t.parquet"], TypedReader.Options with
        {
            Types = new Dictionary<string, ColumnType>
            {
                ["day"] = ColumnType.Date, ["zip"] = ColumnType.Id, ["born"] = ColumnType.Text, ["5"] = ColumnType.Category,
            },
            MissingTexts = ["-"],
        }).Table;
        CollectionAssert.AreEqual(
            new[] { "yyyyMMdd", "text", "text", "2 padded: $ 1,234.26", "text" }, read.Columns.Select(TypedReader.Describe).ToArray());
        CollectionAssert.AreEqual(new[] { "1970-01-01", "1971-01-01" }, TypedReader.Cells(read["born"]));
        Assert.IsTrue(read["mark"].IsMissing(0) && !read["mark"].IsMissing(1));
    }

    [TestMethod]
    public void ColumnsOfOtherTypes_AreRefused_AllAtOnce()
        => Assert.AreEqual(
            "FILE: 2 columns do not have the type asked for: species (number): 103 cells, first 'Adelie' in row 1; "
                + "day (number): 120 cells, first '2020-01-01' in row 1. Correct these cells, or ask for another type with --types.",
            TypedReader.Refusal(PathOf("arrow-zstd"), TypedReader.Options with
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
            TypedReader.Refusal(PathOf("arrow-zstd"), TypedReader.Options with { HasHeader = true }));

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
        byte[] whole = File.ReadAllBytes(PathOf("arrow-snappy"));
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
            $"FILE has {length} bytes and expands to {9L * rows * sizeof(double)} or more; at most 1000 times as many and 17179869184 bytes "
                + "are read. Split the file, or expand it first.",
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

    private static Table Without(Table table) => new([.. table.Columns.Where(column => column.Name != "date_text")]);

    private static double[] Numbers(TableColumn column) => ((NumberColumn)column).Values.ToArray();

    private static string PathOf(string name) => Path.Combine(Repository.Root, "tests", "Support", "Tables", $"{name}.parquet");

    private static string[] Fields(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return [.. ParquetReader.ReadSchemaAsync(stream).GetAwaiter().GetResult().DataFields.Select(field => field switch
        {
            DateTimeDataField time => $"DateTime {time.DateTimeFormat} {time.IsAdjustedToUTC && time.DateTimeFormat != DateTimeFormat.Date}",
            TimeDataField time => $"{time.ClrType.Name} {time.Precision}",
            _ => field.ClrType == typeof(ReadOnlyMemory<char>) ? "String" : field.ClrType.Name,
        })];
    }

    private static string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Print(DateTime value, string pattern) => value.ToString(pattern, CultureInfo.InvariantCulture);

    private static Table Rows(Table table, int start, int end) => table.SelectRows([.. Enumerable.Range(start, end - start)]);
}
