using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Which columns of a typed table are read, and as what.</summary>
[TestClass]
public sealed class TypedChoiceTests
{
    private const string People = "name,age,born,zip,score\nAnn,30,2019-03-23,01234,1.5\nBob,abc,2020-01-05,99999,2\nCy,x,?,5,3\n";

    [TestMethod]
    [DataRow("", "", "name,age,born,zip,score")]
    [DataRow("zip,name", "", "zip,name")]
    [DataRow("2-4", "", "age,born,zip")]
    [DataRow("1,4-5", "zip", "name,score")]
    [DataRow("", "1-2,zip", "born,score")]
    public void Columns_AreChosenByNameNumberAndRange(string columns, string except, string expected)
    {
        using TemporaryFolder folder = new();
        TableFileOptions options = TypedReader.Options with
        {
            Columns = columns.Length == 0 ? ColumnChoice.All : ColumnChoice.Of(columns.Split(',')),
            Except = except.Length == 0 ? [] : except.Split(','),
        };
        Table table = TypedReader.Read(folder.Write("t.csv", People), options).Table;
        Assert.AreEqual(expected, string.Join(',', table.Columns.Select(column => column.Name)));
    }

    [TestMethod]
    public void ColumnsWithoutNames_KeepTheirNumbers()
    {
        using TemporaryFolder folder = new();
        TableFileOptions options = TypedReader.Options with { Except = ["1"] };
        Table table = TypedReader.Read(folder.Write("t.csv", "1,a,2\n3,b,4\n"), options).Table;
        Assert.AreEqual("2,3", string.Join(',', table.Columns.Select(column => column.Name)));
    }

    /// <summary>A name that looks like a range is a name.</summary>
    [TestMethod]
    public void ANameComesBeforeARange()
    {
        using TemporaryFolder folder = new();
        TableFileOptions options = TypedReader.Options with { Columns = ColumnChoice.Of(["1-2"]) };
        Assert.HasCount(1, TypedReader.Read(folder.Write("t.csv", "a,b,1-2\n3,4,5\n"), options).Table.Columns);
    }

    [TestMethod]
    [DataRow("size,weight,name", "", "FILE has no columns 'size', 'weight'. The columns are: name, age, born, zip, score.")]
    [DataRow("4-6", "", "FILE has no column '4-6'. The columns are: name, age, born, zip, score.")]
    [DataRow("0", "", "FILE has no column '0'. The columns are: name, age, born, zip, score.")]
    [DataRow("", "size", "FILE has no column 'size', as --except asks for. The columns are: name, age, born, zip, score.")]
    [DataRow("age,1-2", "", "FILE: the column age is chosen more than once. Name each column once in --columns.")]
    [DataRow("age", "1-5", "FILE: no column is left to read. Omit fewer columns with --except.")]
    public void ColumnsThatAreNotThere_OrComeTwice_AreRefused(string columns, string except, string message)
    {
        using TemporaryFolder folder = new();
        TableFileOptions options = TypedReader.Options with
        {
            Columns = columns.Length == 0 ? ColumnChoice.All : ColumnChoice.Of(columns.Split(',')),
            Except = except.Length == 0 ? [] : except.Split(','),
        };
        Assert.AreEqual(message, TypedReader.Refusal(folder.Write("t.csv", People), options));
    }

    [TestMethod]
    [DataRow("zip", ColumnType.Number, "0: 1234")]
    [DataRow("score", ColumnType.Text, "text")]
    [DataRow("score", ColumnType.Id, "text")]
    [DataRow("score", ColumnType.Category, "1: 1234.3")]
    [DataRow("born", ColumnType.Date, "yyyy-MM-dd")]
    [DataRow("born", ColumnType.Text, "text")]
    [DataRow("3", ColumnType.Date, "yyyy-MM-dd")]
    public void Columns_AreReadAsTheCallerSays(string column, ColumnType type, string expected)
    {
        using TemporaryFolder folder = new();
        Table table = TypedReader.Read(folder.Write("t.csv", People), As((column, type))).Table;
        Assert.AreEqual(expected, TypedReader.Describe(table.Find(column) ?? table.Columns[2]));
    }

    [TestMethod]
    [DataRow("20190323|20200105", "yyyyMMdd")]
    [DataRow("2019|2020", "yyyy")]
    [DataRow("|", "yyyy-MM-dd")]
    public void DigitsAlone_AreDates_IfTheCallerSaysSo(string cells, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", $"day,x\n{string.Concat(cells.Split('|').Select(cell => $"{cell},1\n"))}");
        Assert.AreEqual(expected, TypedReader.Describe(TypedReader.Read(path, As(("day", ColumnType.Date))).Table["day"]));
    }

    [TestMethod]
    public void AllColumnsThatAreNotWhatTheCallerSays_AreNamedAtOnce()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            "FILE: 3 columns do not have the type asked for: name (date): 3 cells, first 'Ann' in line 2; "
                + "age (number): 2 cells, first 'abc' in line 3; score (date): 3 cells, first '1.5' in line 2. "
                + "Correct these cells, or ask for another type with --types.",
            TypedReader.Refusal(
                folder.Write("t.csv", People),
                As(("age", ColumnType.Number), ("name", ColumnType.Date), ("score", ColumnType.Date), ("zip", ColumnType.Number))));
        Assert.AreEqual(
            "FILE: 1 column does not have the type asked for: day (date): 1 cell, first '03/23/2019' in line 4. "
                + "Correct these cells, or ask for another type with --types.",
            TypedReader.Refusal(
                folder.Write("u.csv", "day\n2019-03-23\n2020-01-05\n03/23/2019\n"), As(("day", ColumnType.Date))));
    }

    [TestMethod]
    public void TypesOfColumnsThatAreNotThere_OrComeTwice_AreRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", People);
        Assert.AreEqual(
            "FILE has no column 'size', as --types asks for. The columns are: name, age, born, zip, score.",
            TypedReader.Refusal(path, As(("size", ColumnType.Number))));
        Assert.AreEqual(
            "FILE: the column age is given a type more than once. Name each column once in --types.",
            TypedReader.Refusal(path, As(("age", ColumnType.Text), ("2", ColumnType.Number))));
    }

    private static TableFileOptions As(params (string Column, ColumnType Type)[] types)
        => TypedReader.Options with { Types = types.ToDictionary(type => type.Column, type => type.Type) };
}
