using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

[TestClass]
public sealed class CsvFileTests
{
    [TestMethod]
    public void Points_AndColumnNames_ReadBackAsTheyWere()
    {
        using TemporaryFolder folder = new();
        PointSet points = new([1, -2.5f, float.Epsilon, 4e30f, 1f / 3, 0], 2, ["age", "height, in cm"]);
        PointFile.Write(folder["p.csv"], points);
        PointSet read = PointFile.Read(folder["p.csv"]);
        CollectionAssert.AreEqual(points.Values.ToArray(), read.Values.ToArray());
        CollectionAssert.AreEqual(points.Columns!.ToArray(), read.Columns!.ToArray());
    }

    [TestMethod]
    [DataRow("a\tb")]
    [DataRow("\t")]
    [DataRow(" a ")]
    [DataRow("a;b|c")]
    [DataRow("sep=;")]
    [DataRow("a\"b\nc")]
    public void NamesOfColumns_AreNotTakenForSeparators(string name)
    {
        using TemporaryFolder folder = new();
        foreach (string[] columns in new string[][] { [name], [name, "b"] })
        {
            PointFile.Write(folder["p.csv"], new PointSet([1, 2, 3, 4], columns.Length, columns));
            PointSet read = PointFile.Read(folder["p.csv"]);
            CollectionAssert.AreEqual(columns, read.Columns!.ToArray());
            CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, read.Values.ToArray());
        }
    }

    [TestMethod]
    public void ALineWithoutEnd_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("p.csv", "a\n1\n\"" + new string('x', 1 << 25));
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(path)).Message, "is not comma-separated text");
    }

    [TestMethod]
    public void FilesWithoutAHeader_HaveNoColumnNames()
    {
        using TemporaryFolder folder = new();
        PointSet read = PointFile.Read(folder.Write("p.csv", "1,2\n3,4"));
        Assert.IsNull(read.Columns);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, read.Values.ToArray());
    }

    [TestMethod]
    public void Quotes_Blanks_AndBlankLines_AreUnderstood()
    {
        using TemporaryFolder folder = new();
        PointSet read = PointFile.Read(folder.Write("p.csv", "\"a\", b\r\n\"1.5\", 2\r\n\r\n3,\"-4e2\"\r\n"));
        CollectionAssert.AreEqual(new[] { 1.5f, 2, 3, -400 }, read.Values.ToArray());
    }

    [TestMethod]
    [DataRow("\uFEFFage,height\r\n1,2\r\n3,4\r\n")]
    [DataRow("age;height\n1;2\n3;4\n")]
    [DataRow("age\theight\n1\t2\n3\t4\n")]
    public void FilesOfSpreadsheets_AreRead_WithTheirMarkAndTheirSeparators(string text)
    {
        using TemporaryFolder folder = new();
        PointSet read = PointFile.Read(folder.Write("p.csv", text));
        CollectionAssert.AreEqual(new[] { "age", "height" }, read.Columns!.ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, read.Values.ToArray());
    }

    [TestMethod]
    [DataRow("height,age", new float[] { 180, 30, 165, 25 })]
    [DataRow("4,age", new float[] { 180, 30, 165, 25 })]
    [DataRow("2", new float[] { 30, 25 })]
    public void ChosenColumns_AreReadInTheirOrder_WhateverTheOthersHold(string choice, float[] expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("p.csv", "name,age,\"city, state\",height\nAnn,30,\"Bern, BE\",180\nBob,25,,165\n");
        PointSet read = PointFile.Read(path, ColumnChoice.Of(CsvFile.ReadWords(choice)));
        CollectionAssert.AreEqual(expected, read.Values.ToArray());
        Assert.AreEqual(read.Dimension == 1 ? "age" : "height,age", string.Join(',', read.Columns!));
    }

    [TestMethod]
    public void AHeaderOfNumbers_IsKnownByTheNamesAskedFor_AndNumbersChooseWhereThereIsNone()
    {
        using TemporaryFolder folder = new();
        string named = folder.Write("years.csv", "id,2019,2020\n1,10,20\n2,11,21\n");
        CollectionAssert.AreEqual(new float[] { 1, 2 }, PointFile.Read(named, ColumnChoice.Of(["id"])).Values.ToArray());
        CollectionAssert.AreEqual(new float[] { 20, 1, 21, 2 }, PointFile.Read(named, ColumnChoice.Of(["2020", "id"])).Values.ToArray());
        string plain = folder.Write("plain.csv", "a,1,2\nb,3,4\n");
        PointSet read = PointFile.Read(plain, ColumnChoice.Of(["3", "2"]));
        CollectionAssert.AreEqual(new float[] { 2, 1, 4, 3 }, read.Values.ToArray());
        Assert.IsNull(read.Columns);
    }

    [TestMethod]
    public void ColumnsOfAModel_AreFoundByName_AndTakenAsTheyAreWhereThereAreNoNames()
    {
        using TemporaryFolder folder = new();
        ColumnChoice choice = ColumnChoice.Of(new DataInfo { Name = "people", Dimension = 2, Columns = ["height", "age"] });
        CollectionAssert.AreEqual(
            new float[] { 3, 1 }, PointFile.Read(folder.Write("a.csv", "age,x,height\n1,2,3\n"), choice).Values.ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 2 }, PointFile.Read(folder.Write("b.csv", "1,2\n"), choice).Values.ToArray());
        Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder.Write("c.csv", "age,x\n1,2\n"), choice));
    }

    [TestMethod]
    [DataRow("size", "has no column 'size'. The columns are: a, b, a_2.")]
    [DataRow("4", "has no column '4'. The columns are: a, b, a_2.")]
    public void ColumnsThatAreNotThere_AreRefused(string choice, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("p.csv", "a,b,a\n1,2,3\n");
        Assert.AreEqual(
            $"'{path}' {message}", Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(path, ColumnChoice.Of([choice]))).Message);
    }

    [TestMethod]
    [DataRow("", "has no rows; at least 1 row of numbers is required.")]
    [DataRow("a,b\n", "has no rows; at least 1 row of numbers is required.")]
    [DataRow("1,2\n3\n", ", line 2: the number of columns must be 2; was 1.")]
    [DataRow("a,b\n1,2\n3,x\n", ", line 3, column b: expected a finite number; found 'x'.")]
    [DataRow("1,2\n\n3,\n", ", line 3, column 2: expected a finite number; the cell is empty. Fill it in or remove the line.")]
    [DataRow("1,2\nNaN,1\n", ", line 2, column 1: expected a finite number; found 'NaN'.")]
    [DataRow("1,2\n1e39,1\n", ", row 2, column 1: 1E+39 is beyond float32 (3.4e38). Scale the column.")]
    public void UnusableFiles_AreRefused_WithLineAndColumn(string text, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("p.csv", text);
        string actual = Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(path)).Message;
        Assert.AreEqual(message, actual[$"'{path}'".Length..].TrimStart(message[0] == ',' ? '\0' : ' '));
    }
}
