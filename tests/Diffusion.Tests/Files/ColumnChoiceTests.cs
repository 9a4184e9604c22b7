using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

/// <summary>Which columns of a table are read, and by which names.</summary>
[TestClass]
public sealed class ColumnChoiceTests
{
    private const string LeftOut = "The first column has no name and counts the rows; it is skipped unless --columns includes it.";

    [TestMethod]
    public void TheNamesOfAModel_AreAHeader_EvenWhereTheyAreNumbers()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "2019,2020\n1500,3000\n2100,2500\n");
        ColumnChoice named = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2, Columns = ["2020", "2019"] });
        CollectionAssert.AreEqual(new double[] { 3000, 1500, 2500, 2100 }, TableReader.Read(path, named).Table.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 3000, 2500 }, TableReader.Read(path, ColumnChoice.Of(["2020"])).Table.Values.ToArray());
    }

    /// <summary>A name that is a number may be a number: only all of them together are a header.</summary>
    [TestMethod]
    [DataRow("0.5,0.25\n0.1,0.2\n0.3,0.4\n", 3)]
    [DataRow("0.1,0.25\n0.1,0.2\n0.3,0.4\n", 3)]
    [DataRow("0.5,0.1\n0.1,0.2\n0.3,0.4\n", 2)]
    public void OneNumberThatIsTheNameOfAModelsColumn_IsNoHeader(string text, int rows)
    {
        using TemporaryFolder folder = new();
        ColumnChoice named = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2, Columns = ["0.1", "0.5"] });
        Assert.AreEqual(rows, TableReader.Read(folder.Write("t.csv", text), named).Table.Count);
    }

    /// <summary>A name such as 1 is not the position 1.</summary>
    [TestMethod]
    public void ANumberThatIsTheNameOfAModelsColumn_IsNoPosition()
    {
        using TemporaryFolder folder = new();
        ColumnChoice named = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2, Columns = ["0", "1"] });
        string path = folder.Write("t.csv", "0,x\n0.5,2\n0.25,3\n");
        Assert.AreEqual(
            $"'{path}' has no column '1'. The columns are: 0, x.",
            Assert.ThrowsExactly<DiffusionException>(() => TableReader.Read(path, named)).Message);
    }

    [TestMethod]
    [DataRow("2019,2020\n10,20\n11,21\n")]
    [DataRow("0,1\n0.5,0.25\n0.75,0.5\n")]
    public void NumbersAreAHeader_ForAModelWithoutNamesToo(string text)
    {
        using TemporaryFolder folder = new();
        ColumnChoice nameless = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2 });
        Assert.AreEqual(2, TableReader.Read(folder.Write("t.csv", text), nameless).Table.Count);
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
        TableContent content = TableReader.Read(folder.Write("t.csv", text));
        Assert.AreEqual(expected, string.Join(',', content.Table.Columns!));
        Assert.AreEqual(expected is "a,b" or "a", content.Remarks.Contains(LeftOut));
        Assert.AreEqual(1, TableReader.Read(folder["t.csv"], ColumnChoice.Of(["1"])).Table.Width);
    }

    /// <summary>A model with one constant, and files that pandas has written with its row numbers.</summary>
    [TestMethod]
    [DataRow(false, ",0,1,2\n0,.1,7,.2\n1,.3,7,.4\n", true)]
    [DataRow(false, ",0,1\n0,.1,.2\n1,.3,.4\n", true)]
    [DataRow(true, ",x,y,z\n0,.1,7,.2\n1,.3,7,.4\n", true)]
    [DataRow(true, ",a,b,c\n0,.1,7,.2\n1,.3,7,.4\n", true)]
    [DataRow(true, ",c,a\n0,.2,.1\n1,.4,.3\n", true)]
    [DataRow(true, ",a,b,c,d\n0,.1,7,.2,9\n1,.3,7,.4,8\n", false)]
    public void RowNumbers_AreNoColumnOfAModel(bool hasNames, string text, bool isLeftOut)
    {
        using TemporaryFolder folder = new();
        DataInfo data = new()
        {
            Name = "t",
            Dimension = 2,
            Columns = hasNames ? ["a", "c"] : null,
            Constants = [new ConstantColumn { Position = 1, Name = hasNames ? "b" : null, Value = 7 }],
        };
        TableContent content = TableReader.Read(folder.Write("t.csv", text), ColumnChoice.Of(data));
        Assert.AreEqual(isLeftOut, content.Remarks.Contains(LeftOut));
        CollectionAssert.AreEqual(new[] { .1, .2, .3, .4 }, content.Table.Values.ToArray());
    }

    [TestMethod]
    public void RowNumbersThatAModelHasLearned_AreRead()
    {
        using TemporaryFolder folder = new();
        ColumnChoice learned = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 1, Columns = [""] });
        CollectionAssert.AreEqual(new double[] { 0, 1 }, TableReader.Values(folder.Write("t.csv", ",a\n0,5\n1,9\n"), learned));
    }

    [TestMethod]
    public void ColumnsOfAModelWithConstants_AreTakenFromFilesOfEitherWidth()
    {
        using TemporaryFolder folder = new();
        DataInfo data = new() { Name = "t", Dimension = 2, Constants = [new ConstantColumn { Position = 1, Value = 7 }] };
        ColumnChoice choice = ColumnChoice.Of(data);
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, TableReader.Values(folder.Write("w.csv", "1,7,2\n3,7,4\n"), choice));
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, TableReader.Values(folder.Write("n.csv", "1,2\n3,4\n"), choice));
        ColumnChoice named = ColumnChoice.Of(
            data with { Columns = ["a", "c"], Constants = [new ConstantColumn { Position = 1, Name = "b", Value = 7 }] });
        string path = folder.Write("h.csv", "c,b,a\n2,seven,1\n4,,3\n");
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, TableReader.Values(path, named));
    }

    [TestMethod]
    public void AllColumnsThatCannotBeRead_AreNamedAtOnce_WithTheChoiceThatWorks()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "kind,body mass,age,\"a, b\",sex\nAdelie,1,2,3,\nGentoo,4,,6,f\n");
        Assert.AreEqual(
            $"'{path}': 3 columns have cells that are not finite numbers: kind (line 2: 'Adelie'; 2 cells); "
                + "age (line 3: empty; 1 cell); sex (line 2: empty; 2 cells). Fill in the empty cells, or remove those lines. "
                + "To read the other columns: --columns \"body mass,4\"",
            TableReader.Refusal(path));
        CollectionAssert.AreEqual(new double[] { 1, 3, 4, 6 }, TableReader.Values(path, ColumnChoice.Of(CsvFile.ReadWords("body mass,4"))));
    }
}
