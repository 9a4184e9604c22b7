using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

/// <summary>Tables of others: what is a header, and what the columns are called.</summary>
[TestClass]
public sealed class CsvHeaderTests
{
    [TestMethod]
    [DataRow("a,b\n1,2\n3,4\n", "a,b")]
    [DataRow("2019,2020\n10,20\n11,21\n", "2019,2020")]
    [DataRow("2019,2020\n1700000000000,5e6\n1700000000001,6e6\n", "2019,2020")]
    [DataRow("0,1\n0.5,1.25\n0.25,3.5\n", "0,1")]
    [DataRow("1,2,3\n0.5,1.25,7.5\n0.25,3.5,2.5\n", "1,2,3")]
    [DataRow("0,1,2\n0.5,1.25,700\n0.25,3.5,800\n", "0,1,2")]
    [DataRow("0,1\n100,200\n101,201\n", "0,1")]
    [DataRow("400,401,402\n0.5,0.25,1\n0.25,0.5,0\n", "400,401,402")]
    [DataRow("0,10\n0.1,10.5\n0.2,11.3\n0.3,11.4\n", null)]
    [DataRow("5,3\n5.1,3.25\n5.2,2.5\n", null)]
    [DataRow("20,100\n20.5,100.25\n21.5,101.5\n", null)]
    [DataRow("0,1000\n1,90\n2,80\n", null)]
    [DataRow("1,3\n1.5,3.5\n1.7,3.1\n", null)]
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
        TableContent content = TableReader.Read(folder.Write("t.csv", text), hasText ? ColumnChoice.Of(["2", "3"]) : ColumnChoice.All);
        string? expected = hasText ? header?[5..] : header;
        string? listed = header?.Replace(",", ", ", StringComparison.Ordinal);
        Assert.AreEqual(expected, content.Table.Columns is { } columns ? string.Join(',', columns) : null);
        Assert.AreEqual(text.Count(character => character == '\n') - (header is null ? 0 : 1), content.Table.Count);
        StringAssert.StartsWith(
            content.Remarks[^1],
            header is null
                ? "There is no header; the first line is read as data"
                : $"The first line is read as the header: {listed} (--header no reads it as data).");
    }

    /// <summary>Row numbers without a name stand only below a header, whatever its other names are.</summary>
    [TestMethod]
    [DataRow(",0\n0,0.5\n1,0.25\n", "0")]
    [DataRow(",0,1\n0,0.5,2.5\n1,0.25,3.5\n", "0,1")]
    [DataRow(",0,1\n0,0.5,1\n1,0.25,0\n", "0,1")]
    [DataRow(",0.5,1.5\n1,3,4\n2,5,6\n", "0.5,1.5")]
    public void NumbersBesideRowNumbers_AreAHeader(string text, string header)
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(header, string.Join(',', TableReader.Read(folder.Write("t.csv", text)).Table.Columns!));
    }

    [TestMethod]
    public void YearsThatMayBeNames_AreData_AndItIsSaidHowToOverrule()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "2019,2020\n1500,3000\n2100,2500\n");
        Assert.AreEqual(
            "There is no header; the first line is read as data. If 2019, 2020 are column names, use --header yes.",
            TableReader.Read(path).Remarks[^1]);
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
        StringAssert.Contains(TableReader.Refusal(folder.Write("t.csv", text)), message);
    }

    [TestMethod]
    public void AFirstLineWithAWordAboveNumbers_IsData_AndItIsSaidHowToOverrule()
    {
        using TemporaryFolder folder = new();
        StringAssert.EndsWith(
            TableReader.Refusal(folder.Write("t.csv", "blue,2,3\n1,2,4\n2,3,5\n")),
            "line 1, column 1: expected a finite number; found 'blue'. To read the other columns: --columns 2,3 "
                + "If the first line is the header, use --header yes.");
    }

    [TestMethod]
    public void RepeatedNames_AreNumbered_AndTheirColumnsCanBeChosen()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "x,x,x_2,x\n1,2,3,4\n5,6,7,8\n");
        TableContent content = TableReader.Read(path);
        CollectionAssert.AreEqual(new[] { "x", "x_3", "x_2", "x_4" }, content.Table.Columns!.ToArray());
        CollectionAssert.Contains(content.Remarks.ToArray(), "Column 2 repeats the name 'x'; it is renamed to 'x_3'.");
        CollectionAssert.AreEqual(new double[] { 4, 8 }, TableReader.Read(path, ColumnChoice.Of(["x_4"])).Table.Values.ToArray());
    }

    [TestMethod]
    [DataRow("x,x\n1,2\n3,4\n", "x,x_2")]
    public void ASecondName_IsNumberedFromTwo(string text, string expected)
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(expected, string.Join(',', TableReader.Read(folder.Write("t.csv", text)).Table.Columns!));
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
        CollectionAssert.AreEqual(new[] { name, "b" }, TableReader.Read(folder["t.csv"]).Table.Columns!.ToArray());
    }

    [TestMethod]
    public void AnArray_HasNoHeader()
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder["t.npy"], new PointSet([1, 2], 2));
        TableReading reading = new() { HasHeader = true, HeaderOption = "--header" };
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.ReadTable(folder["t.npy"], reading)).Message,
            "is a .npy file, which has no header. Omit --header.");
    }
}
