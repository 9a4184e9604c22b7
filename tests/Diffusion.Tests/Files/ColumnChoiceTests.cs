using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

/// <summary>Which columns of a table are read, and by which names.</summary>
[TestClass]
public sealed class ColumnChoiceTests
{
    [TestMethod]
    public void TheNamesOfAModel_AreAHeader_EvenWhereTheyAreNumbers()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "2019,2020\n1500,3000\n2100,2500\n");
        ColumnChoice named = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2, Columns = ["2020", "2019"] });
        CollectionAssert.AreEqual(new double[] { 3000, 1500, 2500, 2100 }, TableReader.Read(path, named).Table.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 3000, 2500 }, TableReader.Read(path, ColumnChoice.Of(["2020"])).Table.Values.ToArray());
        ColumnChoice nameless = ColumnChoice.Of(new DataInfo { Name = "t", Dimension = 2 });
        Assert.AreEqual(3, TableReader.Read(folder.Write("u.csv", "2019,2020\n10,20\n11,21\n"), nameless).Table.Count);
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
        Assert.AreEqual(
            expected is "a,b" or "a", content.Remarks.Contains("The first column has no name and counts the rows; it is left out unless --columns asks for it."));
        Assert.AreEqual(1, TableReader.Read(folder["t.csv"], ColumnChoice.Of(["1"])).Table.Width);
    }

    [TestMethod]
    public void ColumnsOfAModelWithConstants_AreTakenFromFilesOfEitherWidth()
    {
        using TemporaryFolder folder = new();
        DataInfo data = new() { Name = "t", Dimension = 2, Constants = [new ConstantColumn { Position = 1, Value = 7 }] };
        ColumnChoice choice = ColumnChoice.Of(data);
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, TableReader.Read(folder.Write("w.csv", "1,7,2\n3,7,4\n"), choice).Table.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, TableReader.Read(folder.Write("n.csv", "1,2\n3,4\n"), choice).Table.Values.ToArray());
        ColumnChoice named = ColumnChoice.Of(data with { Columns = ["a", "c"], Constants = [new ConstantColumn { Position = 1, Name = "b", Value = 7 }] });
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, TableReader.Read(folder.Write("h.csv", "c,b,a\n2,seven,1\n4,,3\n"), named).Table.Values.ToArray());
    }

    [TestMethod]
    public void AllColumnsThatCannotBeRead_AreNamedAtOnce_WithTheChoiceThatWorks()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "kind,body mass,age,\"a, b\",sex\nAdelie,1,2,3,\nGentoo,4,,6,f\n");
        Assert.AreEqual(
            $"'{path}': 3 of the columns cannot be read, as not all of their cells are finite numbers: kind (line 2: 'Adelie'; 2 cells); "
                + "age (line 3: empty; 1 cell); sex (line 2: empty; 2 cells). Fill in what is empty, or leave those lines out. The others can be: --columns \"body mass,4\"",
            TableReader.Refusal(path));
        CollectionAssert.AreEqual(new double[] { 1, 3, 4, 6 }, TableReader.Read(path, ColumnChoice.Of(CsvFile.ReadWords("body mass,4"))).Table.Values.ToArray());
    }
}
