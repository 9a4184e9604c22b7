using Diffusion.Files;
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
    [DataRow("", "has no points: at least one line of numbers is expected.")]
    [DataRow("a,b\n", "has no points: at least one line of numbers is expected.")]
    [DataRow("1,2\n3\n", ", line 2: 2 columns are expected, there are 1.")]
    [DataRow("a,b\n1,2\n3,x\n", ", line 3, column b: a finite number is expected, found 'x'.")]
    [DataRow("1,2\n\n3,\n", ", line 3, column 2: a finite number is expected, found ''.")]
    [DataRow("1,2\nNaN,1\n", ", line 2, column 1: a finite number is expected, found 'NaN'.")]
    public void UnusableFiles_AreRefused_WithLineAndColumn(string text, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("p.csv", text);
        string actual = Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(path)).Message;
        Assert.AreEqual(message, actual[$"'{path}'".Length..].TrimStart(message[0] == ',' ? '\0' : ' '));
    }
}
