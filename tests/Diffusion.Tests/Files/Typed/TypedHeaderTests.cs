using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Whether the first line of a typed table names its columns, and what they are called.</summary>
[TestClass]
public sealed class TypedHeaderTests
{
    [TestMethod]
    [DataRow("a,b\n1,2\n3,4\n", "a,b")]
    [DataRow("1,2\n3,4\n5,6\n", null)]
    [DataRow("1,2\n", null)]
    [DataRow("name,age\nAnn,30\nBob,25\n", "name,age")]
    [DataRow("Ann,30\nBob,25\n", null)]
    [DataRow("id,2019,2020\n1,10,20\n2,11,21\n", "id,2019,2020")]
    [DataRow("2019,2020\n10,20\n11,21\n", null)]
    [DataRow("born\n2019-03-23\n2020-01-05\n", "born")]
    [DataRow("2019-03-23\n2020-01-05\n", null)]
    [DataRow("born,who\n2019-03-23,Ann\n2020-01-05,Bob\n", "born,who")]
    [DataRow(",age\n1,30\n5,25\n", ",age")]
    [DataRow(",name\n1,Ann\n5,Bob\n", ",name")]
    [DataRow(",\n1,2\n5,3\n", null)]
    [DataRow("NA,3\n1,30\n5,25\n", null)]
    [DataRow("zip\n01234\n02345\n", "zip")]
    [DataRow("01233\n01234\n02345\n", null)]
    [DataRow("city,colour\nBern,red\nBasel,red\n", "city,colour")]
    [DataRow("Bern,red\nBern,green\nBasel,blue\n", null)]
    [DataRow("red,red\nBern,green\nBasel,blue\n", null)]
    [DataRow("Bern,NA\nBasel,green\n", null)]
    [DataRow("a1,2019-03-23\nb2,x\nb2,y\n", null)]
    [DataRow("x,NA\n5,NA\n6,NA\n", "x,NA")]
    public void TheWholeFile_DecidesWhetherTheFirstLineIsTheHeader_AndItIsSaid(string text, string? header)
    {
        using TemporaryFolder folder = new();
        TableFileContent content = TypedReader.Read(folder.Write("t.csv", text));
        Table table = content.Table;
        Assert.AreEqual(header is not null, table.HasHeader);
        Assert.AreEqual(text.Count(character => character == '\n') - (header is null ? 0 : 1), table.Count);
        string[] names = header?.Split(',') ?? [.. Enumerable.Range(1, table.Columns.Count).Select(number => $"{number}")];
        CollectionAssert.AreEqual(names, table.Columns.Select(column => column.Name).ToArray());
        Assert.AreEqual(
            header is null
                ? "There is no header; the first line is read as data (--header yes reads it as the header)."
                : $"The first line is read as the header: {string.Join(", ", names)} (--header no reads it as data).",
            content.Remarks[^1]);
        TableFile.Write(folder["u.csv"], [table]);
        Assert.AreEqual(text, File.ReadAllText(folder["u.csv"]));
    }

    [TestMethod]
    public void TheCaller_Overrules()
    {
        using TemporaryFolder folder = new();
        string years = folder.Write("years.csv", "2019,2020\n10,20\n11,21\n");
        TableFileContent content = TypedReader.Read(years, TypedReader.Options with { HasHeader = true });
        Assert.AreEqual("2019", content.Table.Columns[0].Name);
        Assert.IsEmpty(content.Remarks);
        string names = folder.Write("names.csv", "a\n1\n2\n");
        Assert.AreEqual("text", TypedReader.Describe(TypedReader.Read(names, TypedReader.Options with { HasHeader = false }).Table["1"]));
    }

    /// <summary>Names that are asked for are names.</summary>
    [TestMethod]
    public void NamesThatAreAskedFor_AreAHeader()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "who,2019\nwho,10\nAnn,11\n");
        Assert.IsFalse(TypedReader.Read(path).Table.HasHeader);
        Assert.IsTrue(TypedReader.Read(path, TypedReader.Options with { Columns = ColumnChoice.Of(["2019"]) }).Table.HasHeader);
        Assert.IsTrue(TypedReader.Read(path, TypedReader.Options with { Except = ["who"] }).Table.HasHeader);
        Assert.IsTrue(TypedReader.Read(
            path, TypedReader.Options with { Types = new Dictionary<string, ColumnType> { ["who"] = ColumnType.Text } }).Table.HasHeader);
    }

    [TestMethod]
    public void RepeatedNames_AreNumbered_AndFormulas_AreNames()
    {
        using TemporaryFolder folder = new();
        TableFileContent content = TypedReader.Read(folder.Write("t.csv", "x,x,'=y\n1,2,3\n5,6,7\n"));
        CollectionAssert.AreEqual(new[] { "x", "x_2", "=y" }, content.Table.Columns.Select(column => column.Name).ToArray());
        CollectionAssert.Contains(content.Remarks.ToArray(), "Column 2 repeats the name 'x'; it is renamed to 'x_2'.");
        TableFile.Write(folder["u.csv"], [content.Table]);
        Assert.AreEqual("x,x_2,\"'=y\"\n1,2,3\n5,6,7\n", File.ReadAllText(folder["u.csv"]));
    }

    [TestMethod]
    [DataRow(",a\n0,x\n1,y\n2,x\n", "a")]
    [DataRow("Unnamed: 0,a\n1,5\n2,7\n", "a")]
    [DataRow(",a\n0,x\n2,y\n1,x\n", ",a")]
    [DataRow("id,a\n0,x\n1,y\n", "id,a")]
    public void AColumnThatOnlyCountsTheRows_IsLeftOut_WhereItHasNoName(string text, string expected)
    {
        using TemporaryFolder folder = new();
        TableFileContent content = TypedReader.Read(folder.Write("t.csv", text));
        Assert.AreEqual(expected, string.Join(',', content.Table.Columns.Select(column => column.Name)));
        Assert.AreEqual(
            expected == "a",
            content.Remarks.Contains("The first column has no name and counts the rows; it is skipped unless --columns includes it."));
        Assert.HasCount(
            2, TypedReader.Read(folder["t.csv"], TypedReader.Options with { Columns = ColumnChoice.Of(["1-2"]) }).Table.Columns);
    }
}
