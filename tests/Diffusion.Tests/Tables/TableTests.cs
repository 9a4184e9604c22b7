using Diffusion.Tables;

namespace Diffusion.Tests.Tables;

/// <summary>Tables in memory.</summary>
[TestClass]
public sealed class TableTests
{
    private static Table People => new(
    [
        new NumberColumn("age", [30, double.NaN, 25], new DecimalFormat { Places = 0 }) { MissingText = "?" },
        new TextColumn("name", [1, 0, TextColumn.Missing], ["Ann", "Bob"]) { MissingText = "NA" },
        new NumberColumn("born", [1, 2, 3], new TimeFormat("yyyy-MM-dd")),
    ]);

    [TestMethod]
    public void Cells_StandAsInAFile()
    {
        Assert.AreEqual("30 Bob 1970-01-02|? Ann 1970-01-03|25 NA 1970-01-04", Text(People));
        Assert.IsNull(((TextColumn)People["name"])[2]);
        Assert.AreEqual(3, People.Count);
        Assert.IsTrue(People.HasHeader);
    }

    [TestMethod]
    public void Rows_AreSelectedInTheirOrder_WithTheirFormats()
    {
        Table selected = People.SelectRows([2, 0, 2]);
        Assert.AreEqual("25 NA 1970-01-04|30 Bob 1970-01-02|25 NA 1970-01-04", Text(selected));
        Assert.AreEqual("?", selected["age"].MissingText);
        Assert.AreEqual(0, People.SelectRows([]).Count);
        Assert.IsFalse(new Table([new NumberColumn("1", [1])], hasHeader: false).SelectRows([0]).HasHeader);
    }

    [TestMethod]
    public void ColumnsThatAreNotThere_AreRefused()
    {
        Assert.IsNull(People.Find("size"));
        Assert.AreEqual(
            "There is no column 'size'; the columns are: age, name, born.",
            Assert.ThrowsExactly<DiffusionException>(() => People["size"]).Message);
    }

    [TestMethod]
    public void WrongColumns_AreRefused()
    {
        NumberColumn one = new("a", [1]);
        Assert.ThrowsExactly<ArgumentException>(() => new Table([]));
        Assert.ThrowsExactly<ArgumentException>(() => new Table([one, new NumberColumn("b", [1, 2])]));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new Table([one, one])).Message, "'a' is repeated");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => new TextColumn("a", [0, 2], ["x", "y"])).Message,
            "A code must be between -1 and 1.");
        Assert.ThrowsExactly<ArgumentException>(() => new TextColumn("a", [-2], ["x"]));
    }

    private static string Text(Table table) => string.Join(
        '|', Enumerable.Range(0, table.Count).Select(row => string.Join(' ', table.Columns.Select(column => column.GetText(row)))));
}
