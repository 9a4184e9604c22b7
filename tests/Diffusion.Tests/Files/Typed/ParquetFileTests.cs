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
                "String", "Double", "Int64", "Boolean", "DateTime Timestamp True", "DateTime Date", "Int64 Micros", "Double",
                "Double", "String", "DateTime Date", "String", "Int64",
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
            new NumberColumn("large", [1e15, -8e15, 2.5e15]),
            new NumberColumn("none", [double.NaN, double.NaN, double.NaN]),
            new TextColumn("text", [0, 1, 2], ["=1+1", "'", "two\nlines 😀"]),
        ]);
        TableFile.Write(folder["t.parquet"], [table]);
        Table read = TypedReader.Read(folder["t.parquet"]).Table;
        foreach (string name in new[] { "time", "whole", "real", "text" })
        {
            CollectionAssert.AreEqual(TypedReader.Cells(table[name]), TypedReader.Cells(read[name]), name);
        }

        // Whole numbers in double precision are whole numbers, as in a file of text.
        CollectionAssert.AreEqual(new[] { "1000000000000000", "-8000000000000000", "2500000000000000" }, TypedReader.Cells(read["large"]));
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

    private static Table Without(Table table) => new([.. table.Columns.Where(column => column.Name != "date_text")]);

    private static double[] Numbers(TableColumn column) => ((NumberColumn)column).Values.ToArray();

    internal static string PathOf(string name) => Path.Combine(Repository.Root, "tests", "Support", "Tables", $"{name}.parquet");

    private static string[] Fields(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return [.. ParquetReader.ReadSchemaAsync(stream).GetAwaiter().GetResult().DataFields.Select(field => field switch
        {
            DateTimeDataField { DateTimeFormat: DateTimeFormat.Date } => "DateTime Date",
            DateTimeDataField time => $"DateTime {time.DateTimeFormat} {time.IsAdjustedToUTC}",
            TimeDataField time => $"{time.ClrType.Name} {time.Precision}",
            _ => field.ClrType == typeof(ReadOnlyMemory<char>) ? "String" : field.ClrType.Name,
        })];
    }

    private static string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Print(DateTime value, string pattern) => value.ToString(pattern, CultureInfo.InvariantCulture);

    private static Table Rows(Table table, int start, int end) => table.SelectRows([.. Enumerable.Range(start, end - start)]);
}
