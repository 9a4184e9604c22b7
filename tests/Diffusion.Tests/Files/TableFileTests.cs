using System.Text;
using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

/// <summary>Tables of others: what is a header, what is a number, and what is refused.</summary>
[TestClass]
public sealed class TableFileTests
{
    private static readonly TableReading Reading = new() { ColumnsOption = "--columns", HeaderOption = "--header" };

    [TestMethod]
    [DataRow("a,b\n1,2\n3,4\n", "a,b")]
    [DataRow("2019,2020\n10,20\n11,21\n", "2019,2020")]
    [DataRow("2019,2020\n1700000000000,5e6\n1700000000001,6e6\n", "2019,2020")]
    [DataRow("0,1\n0.5,1.25\n0.25,3.5\n", "0,1")]
    [DataRow("id,2019,2020\n1,10,20\n2,11,21\n", "id,2019,2020")]
    [DataRow("name,2019,2020\nAnn,10,20\nBob,11,21\n", "name,2019,2020")]
    [DataRow("NA,height\n1,2\n3,4\n", "NA,height")]
    [DataRow("2019,2020\n1,300\n500,900\n", "2019,2020")]
    [DataRow("1950,1951\n1960,1965\n1980,2000\n", null)]
    [DataRow("1,2\n3,4\n5,6\n", null)]
    [DataRow("2019,2020\n1500,3000\n2100,2500\n", null)]
    [DataRow("5,6\n0.5,1\n0.25,3\n", null)]
    [DataRow("2019\n10\n11\n", null)]
    [DataRow("2019,2019\n10,20\n11,21\n", null)]
    [DataRow("Ann,1,2\nBob,3,4\n", null)]
    [DataRow("1000,2000\n1,2\n", null)]
    public void TheWholeFile_DecidesWhetherTheFirstLineIsTheHeader_AndItIsSaid(string text, string? header)
    {
        using TemporaryFolder folder = new();
        bool hasText = text.Contains("Ann", StringComparison.Ordinal);
        TableContent content = Read(folder.Write("t.csv", text), hasText ? ColumnChoice.Of(["2", "3"]) : ColumnChoice.All);
        string? expected = hasText ? header?[5..] : header;
        Assert.AreEqual(expected, content.Table.Columns is { } columns ? string.Join(',', columns) : null);
        Assert.AreEqual(text.Count(character => character == '\n') - (header is null ? 0 : 1), content.Table.Count);
        StringAssert.StartsWith(
            content.Remarks[^1], header is null ? "There is no header; the first line is read as data" : $"The first line is read as the header: {header.Replace(",", ", ", StringComparison.Ordinal)} (--header no reads it as data).");
    }

    [TestMethod]
    public void YearsThatMayBeNames_AreData_AndItIsSaidHowToOverrule()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "2019,2020\n1500,3000\n2100,2500\n");
        Assert.AreEqual("There is no header; the first line is read as data. If 2019, 2020 are column names, use --header yes.", Read(path).Remarks[^1]);
        TableContent overruled = PointFile.ReadTable(path, new TableReading { HasHeader = true });
        CollectionAssert.AreEqual(new double[] { 1500, 3000, 2100, 2500 }, overruled.Table.Values.ToArray());
        Assert.IsEmpty(overruled.Remarks);
        string named = folder.Write("n.csv", "2019,2020\n10,20\n11,21\n");
        Assert.AreEqual(3, PointFile.ReadTable(named, new TableReading { HasHeader = false }).Table.Count);
        Assert.IsNull(PointFile.ReadTable(named, new TableReading { HasHeader = false }).Table.Columns);
    }

    [TestMethod]
    [DataRow("nan,nan\n1,2\n3,4\n", "1 (line 1: 'nan'; 1 cell); 2 (line 1: 'nan'; 1 cell)")]
    [DataRow("NA,NA\n1,2\n3,4\n", "1 (line 1: 'NA'; 1 cell); 2 (line 1: 'NA'; 1 cell)")]
    [DataRow(",\n1,2\n3,4\n", "1 (line 1: empty; 1 cell); 2 (line 1: empty; 1 cell)")]
    public void MissingValuesInTheFirstLine_AreNoHeader(string text, string message)
    {
        using TemporaryFolder folder = new();
        StringAssert.Contains(Refusal(folder.Write("t.csv", text)), message);
    }

    [TestMethod]
    public void AFirstLineWithAWordAboveNumbers_IsData_AndItIsSaidHowToOverrule()
    {
        using TemporaryFolder folder = new();
        StringAssert.EndsWith(
            Refusal(folder.Write("t.csv", "blue,2,3\n1,2,4\n2,3,5\n")),
            "line 1, column 1: expected a finite number; found 'blue'. To read the other columns: --columns 2,3 If the first line is the header, use --header yes.");
    }

    [TestMethod]
    public void TheNamesOfAModel_AreAHeader_EvenWhereTheyAreNumbers()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "2019,2020\n1500,3000\n2100,2500\n");
        ColumnChoice named = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2, Columns = ["2020", "2019"] });
        CollectionAssert.AreEqual(new double[] { 3000, 1500, 2500, 2100 }, Read(path, named).Table.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 3000, 2500 }, Read(path, ColumnChoice.Of(["2020"])).Table.Values.ToArray());
        ColumnChoice nameless = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2 });
        Assert.AreEqual(3, Read(folder.Write("u.csv", "2019,2020\n10,20\n11,21\n"), nameless).Table.Count);
    }

    [TestMethod]
    public void RepeatedNames_AreNumbered_AndTheirColumnsCanBeChosen()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "x,x,x_2,x\n1,2,3,4\n5,6,7,8\n");
        TableContent content = Read(path);
        CollectionAssert.AreEqual(new[] { "x", "x_3", "x_2", "x_4" }, content.Table.Columns!.ToArray());
        CollectionAssert.Contains(content.Remarks.ToArray(), "Column 2 repeats the name 'x'; it is renamed to 'x_3'.");
        CollectionAssert.AreEqual(new double[] { 4, 8 }, Read(path, ColumnChoice.Of(["x_4"])).Table.Values.ToArray());
    }

    [TestMethod]
    [DataRow("x,x\n1,2\n3,4\n", "x,x_2")]
    public void ASecondName_IsNumberedFromTwo(string text, string expected)
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(expected, string.Join(',', Read(folder.Write("t.csv", text)).Table.Columns!));
    }

    [TestMethod]
    public void CommentLines_AreSkipped_AndItIsSaid()
    {
        using TemporaryFolder folder = new();
        TableContent content = Read(folder.Write("t.csv", "# by \"me, 2024\n# x,y,z\na,b\n1,2\n#3,4\n5,6\n"));
        CollectionAssert.AreEqual(new double[] { 1, 2, 5, 6 }, content.Table.Values.ToArray());
        StringAssert.Contains(content.Remarks[0], "Line 1 of ");
        StringAssert.Contains(content.Remarks[0], "begins with '#' and is skipped as a comment, as are 2 other lines; if it is the header, remove the '#'.");
        Assert.HasCount(1, Read(folder.Write("q.csv", "a,b\n1,\"2\"\n3,4\n")).Remarks);
    }

    [TestMethod]
    public void AllColumnsThatCannotBeRead_AreNamedAtOnce_WithTheChoiceThatWorks()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "kind,body mass,age,\"a, b\",sex\nAdelie,1,2,3,\nGentoo,4,,6,f\n");
        Assert.AreEqual(
            $"'{path}': 3 columns have cells that are not finite numbers: kind (line 2: 'Adelie'; 2 cells); "
                + "age (line 3: empty; 1 cell); sex (line 2: empty; 2 cells). Fill in the empty cells, or remove those lines. To read the other columns: --columns \"body mass,4\"",
            Refusal(path));
        CollectionAssert.AreEqual(new double[] { 1, 3, 4, 6 }, Read(path, ColumnChoice.Of(CsvFile.ReadWords("body mass,4"))).Table.Values.ToArray());
    }

    [TestMethod]
    [DataRow(",a,b\n0,1,2\n1,5,3\n2,4,9\n", "a,b")]
    [DataRow("\"\",a,b\n1,1,2\n2,5,3\n", "a,b")]
    [DataRow("Unnamed: 0,a\n0,1\n1,5\n", "a")]
    [DataRow(",a,b\n0,1,2\n2,5,3\n1,4,9\n", ",a,b")]
    [DataRow("id,a\n0,1\n1,5\n", "id,a")]
    public void AColumnThatOnlyCountsTheRows_IsLeftOut_WhereItHasNoName(string text, string expected)
    {
        using TemporaryFolder folder = new();
        TableContent content = Read(folder.Write("t.csv", text));
        Assert.AreEqual(expected, string.Join(',', content.Table.Columns!));
        Assert.AreEqual(
            expected is "a,b" or "a", content.Remarks.Contains("The first column has no name and counts the rows; it is skipped unless --columns includes it."));
        Assert.AreEqual(1, Read(folder["t.csv"], ColumnChoice.Of(["1"])).Table.Width);
    }

    [TestMethod]
    [DataRow("1,5;2,25\n2,5;3\n", new[] { 1.5, 2.25, 2.5, 3 })]
    [DataRow("a\tb\n1,5\t-2\n1,234\t3e2\n", new[] { 1.5, -2, 1.234, 300 })]
    [DataRow("a;b\n,5;0,123\n4;5\n", new[] { 0.5, 0.123, 4, 5 })]
    [DataRow("sep=;\na;b\n1,5;2\n2,5;3\n", new[] { 1.5, 2, 2.5, 3 })]
    public void DecimalCommas_AreRead_WhereSomethingElseSeparatesTheColumns(string text, double[] expected)
    {
        using TemporaryFolder folder = new();
        TableContent content = Read(folder.Write("t.csv", text));
        CollectionAssert.AreEqual(expected, content.Table.Values.ToArray());
        Assert.IsTrue(content.Remarks.Any(remark => remark.StartsWith("Commas in numbers are decimal commas: ", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("a;b\n1,234;5,678\n2,345;3,456\n", "line 2, column a: '1,234' can mean 1.234 or 1234. Write decimals with a point, and thousands without a separator.")]
    [DataRow("a;b\n1,5;2.5\n2,5;3\n", "line 2, column a: '1,5' has a comma, and '2.5' in line 2 has a point; the decimal separator is ambiguous.")]
    [DataRow("a\n1,5\n2,25\n", "line 2: the number of columns must be 1; was 2. If the commas are decimal commas, separate the columns with semicolons or tabs.")]
    [DataRow("a,b\n\"1,5\",2\n\"2,5\",3\n", "found '1,5'. 2 cells of this column are not finite numbers. Decimal commas are read only if semicolons or tabs separate the columns.")]
    [DataRow("a;b\n1.234,5;2\n2;3\n", "line 2, column a: expected a finite number; found '1.234,5'.")]
    public void CommasThatAreNotClear_AreRefused(string text, string message)
    {
        using TemporaryFolder folder = new();
        StringAssert.Contains(Refusal(folder.Write("t.csv", text)), message);
    }

    [TestMethod]
    [DataRow("utf-8")]
    [DataRow("utf-16")]
    [DataRow("utf-16BE")]
    [DataRow("windows-1252")]
    public void NamesInAnyUsualEncoding_AreReadAndWrittenBack(string encoding)
    {
        using TemporaryFolder folder = new();
        Encoding written = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        File.WriteAllText(folder["t.csv"], "größe,preis €\n1,2\n3,4\n", written);
        TableContent content = Read(folder["t.csv"]);
        CollectionAssert.AreEqual(new[] { "größe", "preis €" }, content.Table.Columns!.ToArray());
        Assert.AreEqual(encoding == "windows-1252", content.Remarks[0].EndsWith("is not UTF-8; it is read as Windows-1252.", StringComparison.Ordinal));
        PointFile.Write(folder["u.csv"], 2, [content.Table], NumberWidth.Bits64);
        StringAssert.StartsWith(File.ReadAllText(folder["u.csv"]), "größe,preis €\n");
    }

    [TestMethod]
    public void TextWithZeros_IsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["t.csv"], Encoding.Unicode.GetBytes("a,b\n1,2\n"));
        StringAssert.Contains(Refusal(folder["t.csv"]), "has a null character in line 1; text is required. Save it as UTF-8.");
    }

    [TestMethod]
    [DataRow("=1+1")]
    [DataRow("+a")]
    [DataRow("-a")]
    [DataRow("@SUM(A1)")]
    [DataRow("\ta")]
    [DataRow("\ra")]
    [DataRow("'=a")]
    [DataRow("''=a")]
    [DataRow("'a")]
    [DataRow("#a")]
    public void NamesThatASpreadsheetWouldCompute_AreWrittenAsText_AndReadBack(string name)
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder["t.csv"], 2, [new NumericTable([1, 2, 3, 4], 2, [name, "b"])], NumberWidth.Bits64);
        string written = File.ReadAllText(folder["t.csv"]).TrimStart('"');
        Assert.IsFalse("=+-@\t\r".Contains(written[0], StringComparison.Ordinal), written);
        CollectionAssert.AreEqual(new[] { name, "b" }, Read(folder["t.csv"]).Table.Columns!.ToArray());
    }

    [TestMethod]
    public void Doubles_AreReadAndWritten_ToTheLastBit()
    {
        using TemporaryFolder folder = new();
        double[] values = [20240131, 1700000000001, 0.1, Math.PI, 1e300, double.Epsilon, -1e-20, 1 / 3.0];
        NumericTable table = new(values, 2, ["a", "b"]);
        foreach (string name in new[] { "t.csv", "t.npy" })
        {
            PointFile.Write(folder[name], table.Count, [table], NumberWidth.Bits64);
            CollectionAssert.AreEqual(values, Read(folder[name]).Table.Values.ToArray(), name);
        }

        Assert.AreEqual("<f8", Encoding.Latin1.GetString(File.ReadAllBytes(folder["t.npy"]), 21, 3));
    }

    [TestMethod]
    [DataRow("t.csv")]
    [DataRow("t.npy")]
    public void NumbersBeyondFloat32_AreRefusedAsPoints_AndTakenInTables(string name)
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder[name], 2, [new NumericTable([1, 2, 3, -1e39], 2)], NumberWidth.Bits64);
        Assert.AreEqual(-1e39, Read(folder[name]).Table[1][1]);
        Assert.AreEqual(
            $"'{folder[name]}', row 2, column 2: -1E+39 is beyond float32 (3.4e38). Scale the column.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder[name])).Message);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Write(folder["u.npy"], 1, [new NumericTable([1e39], 1)], NumberWidth.Bits32)).Message, "is beyond float32");
        Assert.IsFalse(File.Exists(folder["u.npy"]));
    }

    [TestMethod]
    public void PointsWithoutNames_ReadBackAsTheyWere_EvenIfTheFirstLooksLikeNames()
    {
        using TemporaryFolder folder = new();
        float[] values = [1000, 2000, 1, 2, 0.5f, 0.25f];
        PointFile.Write(folder["p.csv"], new PointSet(values, 2));
        CollectionAssert.AreEqual(values, PointFile.Read(folder["p.csv"]).Values.ToArray());
    }

    [TestMethod]
    public void ColumnsOfAModelWithConstants_AreTakenFromFilesOfEitherWidth()
    {
        using TemporaryFolder folder = new();
        DataInfo data = new() { Name = "t", Dimension = 2, Constants = [new ConstantColumn { Position = 1, Value = 7 }] };
        ColumnChoice choice = ColumnChoice.Of(data);
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, Read(folder.Write("w.csv", "1,7,2\n3,7,4\n"), choice).Table.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, Read(folder.Write("n.csv", "1,2\n3,4\n"), choice).Table.Values.ToArray());
        ColumnChoice named = ColumnChoice.Of(data with { Columns = ["a", "c"], Constants = [new ConstantColumn { Position = 1, Name = "b", Value = 7 }] });
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, Read(folder.Write("h.csv", "c,b,a\n2,seven,1\n4,,3\n"), named).Table.Values.ToArray());
    }

    [TestMethod]
    public void AnArray_HasNoHeader()
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder["t.npy"], new PointSet([1, 2], 2));
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.ReadTable(folder["t.npy"], new TableReading { HasHeader = true, HeaderOption = "--header" })).Message,
            "is a .npy file, which has no header. Omit --header.");
    }

    private static TableContent Read(string path, ColumnChoice? columns = null)
        => PointFile.ReadTable(path, new TableReading { Columns = columns ?? ColumnChoice.All, ColumnsOption = Reading.ColumnsOption, HeaderOption = Reading.HeaderOption });

    private static string Refusal(string path)
        => Assert.ThrowsExactly<DiffusionException>(() => PointFile.ReadTable(path, Reading)).Message;
}
