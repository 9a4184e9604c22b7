using System.Globalization;
using System.IO.Compression;
using System.Text;
using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;
using FsCheck.Fluent;

namespace Diffusion.Fuzz.Tests;

/// <summary>
/// Files of numbers, dates and text: whatever the bytes, they are a table or refused, and a table is read as it was written.
/// </summary>
[TestClass]
public sealed class TableFuzzTests
{
    /// <summary>A table is written and read several times.</summary>
    private const int Cost = 2;

    private static readonly byte[][] Good =
    [
        .. new[]
        {
            "name,age,born\nAnn,30,2019-03-23\n\"Bob, jr\",,2020-01-05\n", "price;share\n1.234,50 €;5 %\n12,00 €;12,5 %\n",
            "$1,234.5\t01234\t09:05\n$2\tNA\t23:59\n", ",x\n0,=1+2\n1,'=y\n2,#z\n", "# by me\na\n1e-5\n'\n",
            "3/4/2019 9:05 PM|7.0\n12/31/2020 1:00 AM|?\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [TestMethod]
    public void Tables_AreReadOrRefused_AndReadAsTheyWereWritten()
    {
        using TemporaryFolder folder = new();
        Fuzzing.Try(
            Mutation.Of(Good),
            content =>
            {
                File.WriteAllBytes(folder["t.csv"], content);
                if (Fuzzing.Refusable(() => TableFile.Read(folder["t.csv"])) is not { Table: var table })
                {
                    return;
                }

                foreach (string name in new[] { "u.csv", "u.tsv.gz" })
                {
                    TableFile.Write(folder[name], [table]);

                    // All columns, so that one that only counts the rows is not left out.
                    TableFileOptions options = new()
                    {
                        HasHeader = table.HasHeader,
                        Columns = ColumnChoice.Of([$"1-{table.Columns.Count.ToString(CultureInfo.InvariantCulture)}"]),
                    };
                    Assert.AreEqual(Describe(table), Describe(TableFile.Read(folder[name], options).Table));
                }
            },
            Cost);
    }

    [TestMethod]
    public void CompressedTables_AreReadOrRefused()
    {
        using TemporaryFolder folder = new();
        using MemoryStream compressed = new();
        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(Good[0]);
        }

        Fuzzing.Try(Mutation.Of([compressed.ToArray()]), content =>
        {
            File.WriteAllBytes(folder["t.csv.gz"], content);
            _ = Fuzzing.Refusable(() => TableFile.Read(folder["t.csv.gz"]));
        });
    }

    /// <summary>Files of other programs, with dictionaries and pages of all kinds.</summary>
    [TestMethod]
    public void ParquetTables_AreReadOrRefused()
    {
        using TemporaryFolder folder = new();
        string tables = Path.Combine(Repository.Root, "tests", "Support", "Tables");
        byte[][] good = [.. Directory.GetFiles(tables, "*.parquet").Order().Select(File.ReadAllBytes)];
        Fuzzing.Try(
            Mutation.Of(good),
            content =>
            {
                File.WriteAllBytes(folder["t.parquet"], content);
                if (Fuzzing.Refusable(() => TableFile.Read(folder["t.parquet"])) is { Table: var table })
                {
                    TableFile.Write(folder["u.parquet"], [table]);
                    Assert.AreEqual(table.Count, TableFile.Read(folder["u.parquet"]).Table.Count);
                }
            },
            Cost);
    }

    /// <summary>What is printed in a format has it.</summary>
    [TestMethod]
    public void Numbers_AreReadAsTheyWerePrinted()
        => Fuzzing.Try(
            from value in ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite)
            from places in Gen.Choose(-1, DecimalFormat.MostDecimals)
            from isPadded in Gen.Elements(true, false)
            from separators in Gen.Elements(".", ",", ".,", ",.", ". ", ", ")
            from affixes in Gen.Elements(("", ""), ("$", ""), ("", " %"))
            select (value, new DecimalFormat
            {
                Places = places < 0 ? null : places,
                IsPadded = isPadded,
                Separator = separators[0],
                GroupSeparator = separators.Length > 1 ? separators[1] : null,
                Prefix = affixes.Item1,
                Suffix = affixes.Item2,
            }),
            pair =>
            {
                (double value, DecimalFormat format) = pair;
                string cell = format.Print(value);
                Assert.IsTrue(format.TryParse(cell, out double read), cell);
                Assert.AreEqual(cell, format.Print(read));
                Assert.IsTrue(format.Places is not null || read == value, cell);
            });

    private static string Describe(Table table) => string.Join('\n', table.Columns.Select(column => string.Join(
        "; ",
        Enumerable.Range(0, column.Count).Select(column.GetText)
            .Prepend(column is NumberColumn { Format: var format } ? format.GetType().Name : "text")
            .Prepend(column.Name))));
}
