using System.Globalization;
using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Whatever a table holds, it is read as it was written.</summary>
[TestClass]
public sealed class TypedRoundTripTests
{
    private const int Tables = 150;

    private static readonly string[] Endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    private static readonly string[] Patterns =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff", "dd.MM.yyyy", "M/d/yyyy h:mm tt", "dd/MM/yyyy", "d-MMM-yy",
        "MMM d, yyyy", "HH:mm", "H:mm:ss",
    ];

    /// <summary>Cells that something else could be taken for.</summary>
    private static readonly string[] Words =
    [
        "word", "=SUM(A1)", "'=x", "'", "''-a", "-", "@me", "#comment", "a,b", "a;b", "a\tb", "a|b", "sep=;", "\"", "two\nlines", "\r\n",
        " blank ", "grün", "007", "1.2.3", "none", "12 %", "\tx", "x,\"y\";z", "日本", "😀",
    ];

    [TestMethod]
    public void Tables_AreReadAsTheyWereWritten()
    {
        using TemporaryFolder folder = new();
        for (int seed = 0; seed < Tables; seed++)
        {
            Random random = new(seed);
            Table table = Draw(random);
            string path = folder[$"t{Endings[seed % Endings.Length]}"];
            int cut = random.Next(table.Count + 1);
            TableFile.Write(path, [Rows(table, 0, cut), Rows(table, cut, table.Count)]);
            bool isSure = table.HasHeader && table.Columns.Any(column => column is NumberColumn);
            Table read = TypedReader.Read(path, TypedReader.Options with { HasHeader = isSure ? null : table.HasHeader }).Table;
            TypedReader.AssertSame(table, read);
            TableFile.Write(path, [read]);
            Table again = TypedReader.Read(path, TypedReader.Options with { HasHeader = table.HasHeader }).Table;
            CollectionAssert.AreEqual(
                read.Columns.Select(column => (column as NumberColumn)?.Format).ToArray(),
                again.Columns.Select(column => (column as NumberColumn)?.Format).ToArray());
        }
    }

    [TestMethod]
    public void PiecesOfOtherColumns_AndNoPieces_AreRefused()
    {
        Table one = new([new NumberColumn("a", [1])]);
        Table other = new([new NumberColumn("b", [1])]);
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "t.csv", "t.npy", "t.parquet" })
        {
            StringAssert.StartsWith(
                Assert.ThrowsExactly<ArgumentException>(() => TableFile.Write(folder[name], [one, other])).Message,
                "All pieces of a table must have the same columns.");
            StringAssert.StartsWith(
                Assert.ThrowsExactly<ArgumentException>(() => TableFile.Write(folder[name], [])).Message,
                "At least one piece of a table is required.");
        }

        Assert.IsEmpty(folder.Files);
    }

    /// <summary>No more is kept in memory than the columns, and texts that differ. What is alive is counted for the whole process, so
    /// nothing else may run.</summary>
    [TestMethod]
    [DoNotParallelize]
    public void LargeFiles_TakeLittleMoreMemoryThanTheirColumns()
    {
        const int rows = 50_000;
        using TemporaryFolder folder = new();
        using (StreamWriter writer = new(folder["t.csv"]))
        {
            writer.Write("id,price,day,when,city,missing\n");
            for (int row = 0; row < rows; row++)
            {
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row},{row % 997 * 0.25},{1 + (row % 12):00}/01/2019,2019-03-23 20:21:{row % 60:00},c{row % 50},\n"));
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Table table = TypedReader.Read(folder["t.csv"]).Table;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.AreEqual(rows, table.Count);
        long columns = rows * ((4L * sizeof(double)) + (2 * sizeof(int)));
        Assert.IsLessThan(columns + (1 << 22), allocated);
        LiveSetMeter meter = new();
        TableFile.WriteCsv(meter, [table]);
        Assert.IsLessThan(1 << 20, meter.Largest);
    }

    private static Table Draw(Random random)
    {
        int rows = random.Next(3, 40);
        bool hasHeader = random.Next(4) > 0;
        TableColumn[] columns = new TableColumn[random.Next(1, 6)];
        for (int k = 0; k < columns.Length; k++)
        {
            string name = hasHeader ? $"{Words[random.Next(Words.Length)]} {k}" : $"{k + 1}";
            columns[k] = random.Next(3) switch
            {
                0 => DrawNumbers(random, name, rows),
                1 => DrawTimes(random, name, rows),
                _ => DrawTexts(random, name, rows),
            };
        }

        return new Table(columns, hasHeader);
    }

    /// <summary>Numbers, the first of which shows what separates what.</summary>
    private static NumberColumn DrawNumbers(Random random, string name, int rows)
    {
        bool hasCommas = random.Next(3) == 0;
        int? places = random.Next(4) == 0 ? null : random.Next(7);
        (string prefix, string suffix) = new[] { ("", ""), ("", ""), ("$", ""), ("€ ", ""), ("", " %"), ("", "£") }[random.Next(6)];
        DecimalFormat format = new()
        {
            Places = places,
            IsPadded = places is not null && random.Next(2) == 0,
            Prefix = prefix,
            Suffix = suffix,
            Separator = hasCommas ? ',' : '.',
            GroupSeparator = random.Next(3) == 0 ? (hasCommas ? '.' : ',') : random.Next(3) == 0 ? ' ' : null,
        };
        double scale = Math.Pow(10, random.Next(-1, 8));
        double[] values = Values(random, rows, 1_234_567.5, () => (random.NextDouble() - 0.4) * scale);
        return new NumberColumn(name, [.. values.Select(value => places is { } digits ? Math.Round(value, digits) : value)], format)
        {
            MissingText = Missing(random),
        };
    }

    /// <summary>Times, the first of which shows where the month stands.</summary>
    private static NumberColumn DrawTimes(Random random, string name, int rows)
    {
        TimeFormat format = new(Patterns[random.Next(Patterns.Length)]);
        DateTime first = new(2019, 3, 23, 19, 41, 59);
        bool isTimeOfDay = !format.Pattern.Contains('y', StringComparison.Ordinal);
        double span = TimeSpan.TicksPerDay * (isTimeOfDay ? 1d : 10_000d) / format.TicksPerUnit;
        long ticks = isTimeOfDay ? first.TimeOfDay.Ticks : (first - DateTime.UnixEpoch).Ticks;
        double[] values = Values(random, rows, ticks / format.TicksPerUnit, () => Math.Floor(random.NextDouble() * span));
        return new NumberColumn(name, values, format)
        {
            MissingText = Missing(random),
        };
    }

    private static TextColumn DrawTexts(Random random, string name, int rows)
    {
        string[] values = [.. Words.OrderBy(_ => random.Next()).Take(random.Next(1, Words.Length)).Prepend("first")];
        int[] codes = [0, .. Enumerable.Range(1, rows - 1).Select(_ => random.Next(TextColumn.Missing, values.Length))];
        return new TextColumn(name, codes, values)
        {
            MissingText = Missing(random),
        };
    }

    private static string Missing(Random random) => new[] { "", "NA", "?", "#N/A" }[random.Next(4)];

    private static double[] Values(Random random, int rows, double first, Func<double> next)
        => [first, .. Enumerable.Range(1, rows - 1).Select(_ => random.Next(5) == 0 ? double.NaN : next())];

    private static Table Rows(Table table, int start, int end) => table.SelectRows([.. Enumerable.Range(start, end - start)]);
}
