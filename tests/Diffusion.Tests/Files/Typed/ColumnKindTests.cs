using System.Text;
using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files.Typed;

/// <summary>What a column is by its cells: known as expected, and written as it was.</summary>
[TestClass]
public sealed class ColumnKindTests
{
    [TestMethod]
    [DataRow("1|2|3", "0: 1234")]
    [DataRow("-5|0|12", "0: 1234")]
    [DataRow("9007199254740991|1", "0: 1234")]
    [DataRow("1.5|2.25|3", "2: 1234.26")]
    [DataRow("0|0.5|.", "text")]
    [DataRow("1.50|2.25|3.00", "2 padded: 1234.26")]
    [DataRow("41.0|3.0", "1 padded: 1234.3")]
    [DataRow("1.25|2.75", "2: 1234.26")]
    [DataRow("0.1234567|0.5", "any: 1234.26")]
    [DataRow("0.000001|5", "6: 1234.26")]
    [DataRow("1,234.50|12.00|1,000,000.25", "2 padded: 1,234.26")]
    [DataRow("1,234|12|1,000,000", "0: 1,234")]
    [DataRow("1.234,50|12,00|-1.000.000,25", "2 padded: 1.234,26")]
    [DataRow("1.000.000|12", "0: 1.234")]
    [DataRow("1 234|5 678 901|7", "0: 1 234")]
    [DataRow("1\u00A0234,5|2,5", "1: 1\u00A0234,3")]
    [DataRow("1\u202F234|2", "0: 1\u202F234")]
    [DataRow("1'234.5|2.5", "1: 1'234.3")]
    [DataRow("1’234|2", "0: 1’234")]
    [DataRow("12,5|3,25|-0,75", "2: 1234,26")]
    [DataRow("0,123|0,5", "3: 1234,26")]
    [DataRow("$12.50|$3.00|-$1,234.25", "2 padded: $1,234.26")]
    [DataRow("$ 12|$ 3", "0: $ 1234")]
    [DataRow("12,5 €|3,25 €", "2: 1234,26 €")]
    [DataRow("£5|£6", "0: £1234")]
    [DataRow("¥1,000,000|¥5", "0: ¥1,234")]
    [DataRow("5%|12.5%", "1: 1234.3%")]
    [DataRow("5\u00A0%|-3\u00A0%", "0: 1234\u00A0%")]
    [DataRow("0.02 $|3 $", "2: 1234.26 $")]
    public void Numbers_AreKnown_AndWrittenAsTheyWere(string cells, string expected) => AssertKind(cells.Split('|'), expected);

    /// <summary>Written otherwise, they are the same numbers.</summary>
    [TestMethod]
    [DataRow("1e-3|2.5E+10|7", "any: 1234.26", "0.001|25000000000|7")]
    [DataRow("+5|3", "0: 1234", "5|3")]
    [DataRow(".5|-.25", "2: 1234.26", "0.5|-0.25")]
    [DataRow("7.0|2.15|0.0", "2: 1234.26", "7|2.15|0")]
    [DataRow("$-5|$ 3|$6", "text", "$-5|$ 3|$6")]
    [DataRow("$-5|$6", "0: $1234", "-$5|$6")]
    [DataRow("1234|1,234", "0: 1,234", "1,234|1,234")]
    [DataRow(" 5 |6", "0: 1234", "5|6")]
    public void Numbers_AreReadAndPrinted(string cells, string expected, string printed)
        => AssertKind(cells.Split('|'), expected, printed.Split('|'));

    [TestMethod]
    [DataRow("01234|99999")]
    [DataRow("007|8")]
    [DataRow("-01|5")]
    [DataRow("00.5|0.5")]
    [DataRow("9007199254740993|1")]
    [DataRow("12345678901234567890|1")]
    [DataRow("1.2.3|1.2.4")]
    [DataRow("1,23,456|7")]
    [DataRow("0,123,456|7")]
    [DataRow("1/2|3/4")]
    [DataRow("$5|€5")]
    [DataRow("5|5%")]
    [DataRow("Infinity|1")]
    [DataRow("1e999|1")]
    [DataRow("0x1F|2")]
    [DataRow("١٢|3")]
    [DataRow("True|False")]
    [DataRow("1 234 5|6")]
    [DataRow("1;2|3;4")]
    [DataRow("-|1")]
    [DataRow("=1+2|'=x|@me|+x|''+y|-5")]
    [DataRow("#1|a \"quoted\" word|two\nlines| blanks |tab\tin it|grün, rot")]
    [DataRow("2019-02-29|2019-02-28")]
    [DataRow("23.03.2019|5.3.2019")]
    [DataRow("2019-03-23|23.03.2019")]
    [DataRow("MAR 5, 2019|May 6, 2019")]
    [DataRow("25:00|12:00")]
    public void Text_IsWhatIsNothingElse(string cells) => AssertKind(cells.Split('|'), "text");

    [TestMethod]
    [DataRow("2019-03-23|2020-01-05", "yyyy-MM-dd")]
    [DataRow("0001-01-01|9999-12-31|1969-12-31", "yyyy-MM-dd")]
    [DataRow("2019-03|2020-12", "yyyy-MM")]
    [DataRow("2019-03-23 20:21|2020-01-05 00:00", "yyyy-MM-dd HH:mm")]
    [DataRow("2019-03-23 20:21:09|1950-01-05 00:00:01", "yyyy-MM-dd HH:mm:ss")]
    [DataRow("2019-03-23T20:21:09|2020-01-05T00:00:00", "yyyy-MM-dd'T'HH:mm:ss")]
    [DataRow("2019-03-23T20:21:09Z|2020-01-05T00:00:00Z", "yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [DataRow("2019-03-23 20:21:09+00:00", "yyyy-MM-dd HH:mm:ss'+00:00'")]
    [DataRow("2019-03-23 20:21:09.123|2020-01-05 00:00:00.999", "yyyy-MM-dd HH:mm:ss.fff")]
    [DataRow("2019-03-23T20:21:09.123456|1960-01-05T00:00:00.000001", "yyyy-MM-dd'T'HH:mm:ss.ffffff")]
    [DataRow("2019/03/23|2020/01/05", "yyyy/MM/dd")]
    [DataRow("23.03.2019|05.01.2020", "dd.MM.yyyy")]
    [DataRow("23.3.2019|5.1.2020", "d.M.yyyy")]
    [DataRow("23.03.2019 07:05|05.01.2020 23:59", "dd.MM.yyyy HH:mm")]
    [DataRow("03/23/2019|01/05/2020", "MM/dd/yyyy")]
    [DataRow("23/03/2019|05/01/2020", "dd/MM/yyyy")]
    [DataRow("3/23/2019|1/5/2020", "M/d/yyyy")]
    [DataRow("23/3/2019|5/1/2020", "d/M/yyyy")]
    [DataRow("3/23/19|1/5/99", "M/d/yy")]
    [DataRow("3/23/2019 9:05|1/5/2020 23:59", "M/d/yyyy H:mm")]
    [DataRow("3/23/2019 9:05 AM|1/5/2020 11:59 PM", "M/d/yyyy h:mm tt")]
    [DataRow("5-Mar-19|23-Dec-20", "d-MMM-yy")]
    [DataRow("05-Mar-2019|23-Dec-2020", "dd-MMM-yyyy")]
    [DataRow("Mar 5, 2019|Dec 23, 2020", "MMM d, yyyy")]
    [DataRow("March 5, 2019|December 23, 2020", "MMMM d, yyyy")]
    [DataRow("23-03-2019|05-01-2020", "dd-MM-yyyy")]
    [DataRow("09:05|23:59", "HH:mm")]
    [DataRow("9:05|23:59", "H:mm")]
    [DataRow("09:05:00|23:59:59", "HH:mm:ss")]
    public void DatesAndTimes_AreKnown_AndWrittenAsTheyWere(string cells, string expected) => AssertKind(cells.Split('|'), expected);

    [TestMethod]
    [DataRow("1||3", "0: 1234", "")]
    [DataRow("1|NA|n/a|NA", "0: 1234", "NA")]
    [DataRow("?|a|?|b", "text", "?")]
    [DataRow("2019-03-23|NULL|null|null", "yyyy-MM-dd", "null")]
    [DataRow("None|nan|NaN|nan", "text", "nan")]
    [DataRow("|", "text", "")]
    public void MissingCells_AreNoText_AndTheirMostFrequentMarkIsKept(string cells, string expected, string missing)
    {
        using TemporaryFolder folder = new();
        TableColumn column = TypedReader.Read(Write(folder, cells.Split('|')), Headed).Table["x"];
        Assert.AreEqual(expected, TypedReader.Describe(column));
        Assert.AreEqual(missing, column.MissingText);
        CollectionAssert.AreEqual(
            cells.Split('|').Select(TableFileOptions.UsualMissingTexts.Contains).ToArray(),
            Enumerable.Range(0, column.Count).Select(column.IsMissing).ToArray());
    }

    [TestMethod]
    public void MissingTexts_AreWhatTheCallerSays()
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, ["1", "-99", "NA"]);
        Assert.AreEqual("0: 1234", TypedReader.Describe(TypedReader.Read(path, Headed with { MissingTexts = ["NA", "-99"] }).Table["x"]));
        Assert.AreEqual("text", TypedReader.Describe(TypedReader.Read(path, Headed with { MissingTexts = ["-99"] }).Table["x"]));
    }

    /// <summary>A table of others, as they have published it, is written as it was.</summary>
    [TestMethod]
    public void APublishedTable_IsKnown_AndWrittenAsItWas()
    {
        string path = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");
        Table table = TypedReader.Read(path).Table;
        Assert.AreEqual(
            "text, text, 1: 1234.3, 1: 1234.3, 0: 1234, 0: 1234, text", string.Join(", ", table.Columns.Select(TypedReader.Describe)));
        Assert.AreEqual(2, Enumerable.Range(0, table.Count).Count(table["body_mass_g"].IsMissing));
        using MemoryStream written = new();
        TableFile.WriteCsv(written, [table]);
        Assert.AreEqual(File.ReadAllText(path), Encoding.UTF8.GetString(written.ToArray()));
    }

    private static TableFileOptions Headed => TypedReader.Options with { HasHeader = true };

    /// <summary>A file of one column, beside one of words, with every cell in quotes.</summary>
    private static string Write(TemporaryFolder folder, string[] cells)
        => folder.Write("t.csv", "x,word\n" + string.Concat(cells.Select(
            cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\",w\n")));

    private static void AssertKind(string[] cells, string expected, string[]? printed = null)
    {
        using TemporaryFolder folder = new();
        Table table = TypedReader.Read(Write(folder, cells), Headed).Table;
        Assert.AreEqual(expected, TypedReader.Describe(table["x"]));
        string[] kept = [.. cells.Select(Shown)];
        CollectionAssert.AreEqual(printed ?? kept, TypedReader.Cells(table["x"]));
        foreach (string name in new[] { "u.csv", "u.tsv", "u.csv.gz", "u.TSV.GZ" })
        {
            TableFile.Write(folder[name], [table]);
            TypedReader.AssertSame(table, TypedReader.Read(folder[name], Headed).Table);
        }

        // A text behind an apostrophe is written so that no spreadsheet computes it.
        static string Shown(string cell) => cell is ['\'', '=' or '+', ..] or ['\'', '\'', '+', ..] ? cell[1..] : cell;
    }
}
