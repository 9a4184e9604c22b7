using System.Security.Cryptography;
using System.Text;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

/// <summary>Tables of others: what is a number, and what is refused.</summary>
[TestClass]
public sealed class TableFileTests
{
    [TestMethod]
    public void CommentLines_AreSkipped_AndItIsSaid()
    {
        using TemporaryFolder folder = new();
        TableContent content = TableReader.Read(folder.Write("t.csv", "# by \"me, 2024\n# x,y,z\na,b\n1,2\n#3,4\n5,6\n"));
        CollectionAssert.AreEqual(new double[] { 1, 2, 5, 6 }, content.Table.Values.ToArray());
        StringAssert.Contains(content.Remarks[0], "Line 1 of ");
        StringAssert.Contains(
            content.Remarks[0], "begins with '#' and is skipped as a comment, as are 2 other lines; if it is the header, remove the '#'.");
        Assert.HasCount(1, TableReader.Read(folder.Write("q.csv", "a,b\n1,\"2\"\n3,4\n")).Remarks);
    }

    [TestMethod]
    [DataRow("1,5;2,25\n2,5;3\n", new[] { 1.5, 2.25, 2.5, 3 })]
    [DataRow("a\tb\n1,5\t-2\n1,234\t3e2\n", new[] { 1.5, -2, 1.234, 300 })]
    [DataRow("a;b\n,5;0,123\n4;5\n", new[] { 0.5, 0.123, 4, 5 })]
    [DataRow("sep=;\na;b\n1,5;2\n2,5;3\n", new[] { 1.5, 2, 2.5, 3 })]
    public void DecimalCommas_AreRead_WhereSomethingElseSeparatesTheColumns(string text, double[] expected)
    {
        using TemporaryFolder folder = new();
        TableContent content = TableReader.Read(folder.Write("t.csv", text));
        CollectionAssert.AreEqual(expected, content.Table.Values.ToArray());
        Assert.IsTrue(content.Remarks.Any(remark => remark.StartsWith("Commas in numbers are decimal commas: ", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("id\n1234567890123456789\n2\n", true)]
    [DataRow("id\n-9007199254740993\n2\n", true)]
    [DataRow("id\n1\n+009007199254740993\n", true)]
    [DataRow("id\n9007199254740992\n-9007199254740994\n", false)]
    [DataRow("id\n+0100000000000000000000\n2\n", false)]
    [DataRow("id\n1.234567890123456789e18\n2\n", false)]
    public void WholeNumbersThatADoubleCannotHold_AreReported(string text, bool isReported)
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            isReported,
            TableReader.Read(folder.Write("t.csv", text)).Remarks
                .Contains("Column id has whole numbers beyond 2^53, which double precision rounds."));
        Assert.AreEqual(
            isReported,
            PointFile.ReadTable(folder.Write("n.csv", text["id\n".Length..]), new TableReading { HasHeader = false }).Remarks
                .Contains("Column 1 has whole numbers beyond 2^53, which double precision rounds."));
    }

    [TestMethod]
    [DataRow(
        "a;b\n1,234;5,678\n2,345;3,456\n",
        "line 2, column a: '1,234' can mean 1.234 or 1234. Write decimals with a point, and thousands without a separator.")]
    [DataRow(
        "a;b\n1,5;2.5\n2,5;3\n",
        "line 2, column a: '1,5' has a comma, and '2.5' in line 2 has a point; the decimal separator is ambiguous.")]
    [DataRow(
        "a\n1,5\n2,25\n",
        "line 2: the number of columns must be 1; was 2. If the commas are decimal commas, separate the columns with semicolons or tabs.")]
    [DataRow(
        "a,b\n\"1,5\",2\n\"2,5\",3\n",
        "found '1,5'. 2 cells of this column are not finite numbers. "
            + "Decimal commas are read only if semicolons or tabs separate the columns.")]
    [DataRow("a;b\n1.234,5;2\n2;3\n", "line 2, column a: expected a finite number; found '1.234,5'.")]
    public void CommasThatAreNotClear_AreRefused(string text, string message)
    {
        using TemporaryFolder folder = new();
        StringAssert.Contains(TableReader.Refusal(folder.Write("t.csv", text)), message);
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
        TableContent content = TableReader.Read(folder["t.csv"]);
        CollectionAssert.AreEqual(new[] { "größe", "preis €" }, content.Table.Columns!.ToArray());
        Assert.AreEqual(
            encoding == "windows-1252",
            content.Remarks[0].EndsWith("is not UTF-8; it is read as Windows-1252.", StringComparison.Ordinal));
        PointFile.Write(folder["u.csv"], 2, [content.Table], NumberWidth.Bits64);
        StringAssert.StartsWith(File.ReadAllText(folder["u.csv"]), "größe,preis €\n");
    }

    [TestMethod]
    public void TextWithZeros_IsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["t.csv"], Encoding.Unicode.GetBytes("a,b\n1,2\n"));
        StringAssert.Contains(TableReader.Refusal(folder["t.csv"]), "has a null character in line 1; text is required. Save it as UTF-8.");
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
            CollectionAssert.AreEqual(values, TableReader.Read(folder[name]).Table.Values.ToArray(), name);
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
        Assert.AreEqual(-1e39, TableReader.Read(folder[name]).Table[1][1]);
        Assert.AreEqual(
            $"'{folder[name]}', row 2, column 2: -1E+39 is beyond float32 (3.4e38). Scale the column.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder[name])).Message);
    }

    /// <summary>The rows are counted from the beginning of the file, not of the piece.</summary>
    [TestMethod]
    [DataRow("u.npy")]
    [DataRow("u.csv")]
    public void NumbersBeyondFloat32_AreNotWritten_AndTheirRowIsNamed(string name)
    {
        using TemporaryFolder folder = new();
        NumericTable[] pieces = [new NumericTable([1, 2, 3, 4], 2), new NumericTable([5, 6, 7, 1e39], 2)];
        Assert.AreEqual(
            "'the table', row 4, column 2: 1E+39 is beyond float32 (3.4e38). Scale the column.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Write(folder[name], 4, pieces, NumberWidth.Bits32)).Message);
        Assert.IsEmpty(folder.Files);
    }

    [TestMethod]
    [DataRow("t.csv")]
    [DataRow("t.npy")]
    public void AFile_IsKnownByItsHash(string name)
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder[name], 2, [new NumericTable([1, 2, 3, 4], 2, ["a", "b"])], NumberWidth.Bits64);
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder[name]))), TableReader.Read(folder[name]).Sha256);
    }

    [TestMethod]
    public void PointsWithoutNames_ReadBackAsTheyWere_EvenIfTheFirstLooksLikeNames()
    {
        using TemporaryFolder folder = new();
        float[] values = [1000, 2000, 1, 2, 0.5f, 0.25f];
        PointFile.Write(folder["p.csv"], new PointSet(values, 2));
        CollectionAssert.AreEqual(values, PointFile.Read(folder["p.csv"]).Values.ToArray());
    }
}
