using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Files of typed tables: their endings, their separators, what is compressed, and what is refused.</summary>
[TestClass]
public sealed class TypedFileTests
{
    private const string Damaged
        = "FILE is no .gz file, or is damaged, truncated or put together from several. Compress the table anew.";

    [TestMethod]
    [DataRow("t.csv", true)]
    [DataRow("t.TSV", true)]
    [DataRow("a.b/t.Csv.Gz", true)]
    [DataRow("t.tsv.gz", true)]
    [DataRow("t.npy", true)]
    [DataRow("t.Parquet", true)]
    [DataRow("t.parquet.gz", false)]
    [DataRow("t.npy.gz", false)]
    [DataRow("t.gz", false)]
    [DataRow("csv", false)]
    [DataRow("t.xlsx", false)]
    public void TableFiles_AreKnownByTheirEnding(string name, bool isTable) => Assert.AreEqual(isTable, TableFile.IsTableFile(name));

    [TestMethod]
    [DataRow("t.txt", "has another extension.")]
    [DataRow("t.npy.gz", "has another extension.")]
    [DataRow("t.xlsx", "is a spreadsheet. Save the sheet as .csv.")]
    [DataRow("t.XLS", "is a spreadsheet. Save the sheet as .csv.")]
    [DataRow("t.ods", "is a spreadsheet. Save the sheet as .csv.")]
    public void OtherEndings_AreRefused(string name, string fault)
    {
        using TemporaryFolder folder = new();
        string message = $"A table must be a .csv, .tsv, .csv.gz, .tsv.gz, .parquet or .npy file; FILE {fault}";
        Assert.AreEqual(message, TypedReader.Refusal(folder.Write(name, "a\n1\n")));
        Assert.AreEqual(
            message.Replace("FILE", $"'{name}'", StringComparison.Ordinal),
            Assert.ThrowsExactly<DiffusionException>(() => TableFile.Write(name, [new Table([new NumberColumn("a", [1])])])).Message);
    }

    [TestMethod]
    [DataRow("", "FILE has no rows; at least 1 row is required.")]
    [DataRow("\n\n", "FILE has no rows; at least 1 row is required.")]
    [DataRow("# nothing\n", "FILE has no rows; at least 1 row is required.")]
    [DataRow("a,b\n", "FILE has no rows; at least 1 row is required.")]
    [DataRow(
        "a,b\n1,2\n3,4,5\n",
        "FILE, line 3: the number of columns must be 2; was 3. "
            + "If the commas are decimal commas, separate the columns with semicolons or tabs.")]
    [DataRow("a\0b\n1\n", "FILE has a null character in line 1; text is required. Save it as UTF-8.")]
    public void UnusableFiles_AreRefused(string text, string message)
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(message, TypedReader.Refusal(folder.Write("t.csv", text)));
    }

    /// <summary>Some programs leave out empty cells at the end of a line.</summary>
    [TestMethod]
    public void LinesWithFewerCells_HaveMissingOnes_AndAreCounted()
    {
        using TemporaryFolder folder = new();
        TableFileContent content = TableFile.Read(folder.Write("t.csv", "a,b,c\n1,x,2.5\n2,y\n3\n4,x,\n"));
        CollectionAssert.AreEqual(new[] { 2.5, double.NaN, double.NaN, double.NaN }, ((NumberColumn)content.Table["c"]).Values.ToArray());
        Assert.IsTrue(content.Table["b"].IsMissing(2));
        CollectionAssert.Contains(
            content.Remarks.ToArray(), "2 lines have fewer than 3 cells, first line 3: the others count as missing.");
    }

    [TestMethod]
    public void FilesThatAreNotThere_AreRefused()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            $"The file '{folder["t.csv"]}' does not exist.",
            Assert.ThrowsExactly<DiffusionException>(() => TableFile.Read(folder["t.csv"])).Message);
    }

    [TestMethod]
    [DataRow("a;b\n1,5;x\n2,25;y\n", "2: 1234,26", "Column a: commas are decimal commas.")]
    [DataRow("a;b\n1,234;x\n2,345;y\n", "3: 1234,26", "Column a: '1,234' can mean 1234 or 1.234; it is read as 1.234.")]
    [DataRow("a\tb\n1,234\tx\n2,345\ty\n", "0: 1,234", "Column a: '1,234' can mean 1234 or 1.234; it is read as 1234.")]
    [DataRow("a,b\n\"1,234\",x\n\"2,345\",y\n", "0: 1,234", "Column a: '1,234' can mean 1234 or 1.234; it is read as 1234.")]
    [DataRow("a;b\n1.234;x\n2.345;y\n", "3: 1234.26", "Column a: '1.234' can mean 1.234 or 1234; it is read as 1.234.")]
    [DataRow("a;b\n1.234;0,5\n2.345;1,5\n", "0: 1.234", "Column a: '1.234' can mean 1.234 or 1234; it is read as 1234.")]
    [DataRow("a;b\n1,234;0.5\n2,345;1.5\n", "0: 1,234", "Column a: '1,234' can mean 1234 or 1.234; it is read as 1234.")]
    [DataRow("a|b\n3/4/2019|x\n5/6/2020|y\n", "M/d/yyyy",
        "Column a: in '3/4/2019' the month can stand before the day or behind it; it is read as standing before it.")]
    [DataRow("a,b\n05/05/2019,x\n03-04-2019,y\n", "text", null)]
    [DataRow("a,b\n05-05-2019,x\n03-04-2019,y\n", "dd-MM-yyyy",
        "Column a: in '03-04-2019' the month can stand before the day or behind it; it is read as standing behind it.")]
    [DataRow("a,b\n05/05/2019,x\n06/06/2019,y\n", "MM/dd/yyyy", null)]
    [DataRow("a,b\n1,x\n2,y\n", "0: 1234", null)]
    public void WhatCanBeReadInTwoWays_IsSaid(string text, string expected, string? remark)
    {
        using TemporaryFolder folder = new();
        TableFileContent content = TypedReader.Read(folder.Write("t.csv", text));
        Assert.AreEqual(expected, TypedReader.Describe(content.Table["a"]));
        Assert.AreEqual(remark, content.Remarks.SingleOrDefault(said => said.StartsWith("Column a: ", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("t.csv", "a,b\n1,x y\n2,\"p,q\"\n")]
    [DataRow("t.tsv", "a\tb\n1\tx y\n2\tp,q\n")]
    [DataRow("t.tsv", "b\nx,y\np,q\n")]
    [DataRow("t.csv", "\ufeffa;b\r\n1;x y\r\n\r\n2;p,q\r\n")]
    [DataRow("t.csv", "sep=;\na;b\n1;x y\n2;p,q\n")]
    [DataRow("t.csv", "# by me\na, b\n1, x y\n# more\n2, \"p,q\"\n")]
    public void SeparatorsAndComments_AreUnderstood(string name, string text)
    {
        using TemporaryFolder folder = new();
        string plain = folder.Write(name, text);
        string compressed = Compress(folder[$"{name}.gz"], Encoding.UTF8.GetBytes(text));
        Table table = TypedReader.Read(plain).Table;
        CollectionAssert.AreEqual(text.Contains('x', StringComparison.Ordinal) && table.Columns.Count > 1
            ? new[] { "x y", "p,q" } : ["x,y", "p,q"], TypedReader.Cells(table["b"]));
        TypedReader.AssertSame(table, TypedReader.Read(compressed).Table);
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(compressed))), TypedReader.Read(compressed).Sha256);
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(plain))), TypedReader.Read(plain).Sha256);
    }

    /// <summary>Commas between digits are not taken for what separates the columns, if something else does.</summary>
    [TestMethod]
    [DataRow("1.234,50;a b\n12,00;c\n", "2 padded: 1.234,26 text")]
    [DataRow("1,5;2,5\n3,5;4,25\n", "1: 1234,3 2: 1234,26")]
    [DataRow("12,50 €\t5 %\n3,00 €\t6 %\n", "2 padded: 1234,26 € 0: 1234 %")]
    [DataRow("a;b,c\nd;e,f\n", "text text")]
    [DataRow("a;b,1,2\nc;d,3,4\n", "text 0: 1234 0: 1234")]
    [DataRow("$1,\"234.5\t\"\"x\"\n$2,y\n", "0: $1234 text")]
    [DataRow("5\" pipe,1\n6\" pipe,2\n", "text 0: 1234")]
    public void Separators_AreFound(string text, string expected)
    {
        using TemporaryFolder folder = new();
        Table table = TypedReader.Read(folder.Write("t.csv", text), TypedReader.Options with { HasHeader = false }).Table;
        Assert.AreEqual(expected, string.Join(' ', table.Columns.Select(TypedReader.Describe)));
    }

    [TestMethod]
    public void DamagedFiles_AreRefused()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            Damaged, TypedReader.Refusal(folder.Write("t.csv.gz", "a\n1\n")));
        byte[] lines = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 9999)));
        byte[] whole = File.ReadAllBytes(Compress(folder["u.csv.gz"], lines));
        File.WriteAllBytes(folder["u.csv.gz"], whole[..(whole.Length / 2)]);
        Assert.AreEqual(Damaged, TypedReader.Refusal(folder["u.csv.gz"]));
    }

    [TestMethod]
    public void FilesThatExpandBeyondMeasure_AreRefused()
    {
        using TemporaryFolder folder = new();
        byte[] lines = new byte[1 << 27];
        Array.Fill(lines, (byte)'1');
        StringAssert.Contains(
            TypedReader.Refusal(Compress(folder["t.csv.gz"], lines)),
            "; at most 1000 times as many and 17179869184 bytes are read. Split the file, or expand it first.");
    }

    [TestMethod]
    public void NumbersInNpyFiles_AreReadAndWritten_AndNaNIsMissing()
    {
        using TemporaryFolder folder = new();
        Table[] pieces =
        [
            new([new NumberColumn("a", [1, double.NaN]), new NumberColumn("b", [0.5, 2])]),
            new([new NumberColumn("a", [3]), new NumberColumn("b", [1e300])]),
        ];
        TableFile.Write(folder["t.npy"], pieces);
        TableFileContent content = TypedReader.Read(folder["t.npy"]);
        CollectionAssert.AreEqual(new[] { "1", "", "3" }, TypedReader.Cells(content.Table["1"]));
        CollectionAssert.AreEqual(new[] { 0.5, 2, 1e300 }, ((NumberColumn)content.Table["2"]).Values.ToArray());
        Assert.AreEqual("0: 1234", TypedReader.Describe(content.Table["1"]));
        Assert.AreEqual("any: 1234.26", TypedReader.Describe(content.Table["2"]));
        Assert.IsFalse(content.Table.HasHeader);
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["t.npy"]))), content.Sha256);
        CollectionAssert.AreEqual(
            new double[] { 3, 1e300 }, PointFile.ReadTable(Whole(folder["u.npy"], pieces[1])).Table.Values.ToArray());
        TableFileOptions options = new() { Types = new Dictionary<string, ColumnType> { ["1"] = ColumnType.Id }, Except = ["2"] };
        Assert.AreEqual("text", TypedReader.Describe(TypedReader.Read(folder["t.npy"], options).Table["1"]));

        static string Whole(string path, Table table)
        {
            TableFile.Write(path, [table]);
            return path;
        }
    }

    [TestMethod]
    public void WhatNpyFilesCannotHold_IsRefused()
    {
        using TemporaryFolder folder = new();
        Table table = TypedReader.Read(folder.Write("t.csv", "a,b,c\n1,x,2019-03-23\n2,y,2020-01-05\n")).Table;
        Assert.AreEqual(
            $"'{folder["t.npy"]}': a .npy file can hold numbers alone; these columns are of dates or text: b, c. "
                + "Write a .csv file, or leave them out.",
            Assert.ThrowsExactly<DiffusionException>(() => TableFile.Write(folder["t.npy"], [table])).Message);
        Assert.HasCount(1, folder.Files);
        PointFile.Write(folder["n.npy"], 1, [new NumericTable([double.PositiveInfinity, 2], 2)], NumberWidth.Bits64);
        Assert.AreEqual("FILE, row 1, column 1: expected a finite number; found 'Infinity'.", TypedReader.Refusal(folder["n.npy"]));
        PointFile.Write(folder["n.npy"], 1, [new NumericTable([1, 2], 2)], NumberWidth.Bits64);
        Assert.AreEqual(
            "FILE holds numbers alone; column 2 cannot be a date. Ask for another type with --types.",
            TypedReader.Refusal(
                folder["n.npy"], TypedReader.Options with { Types = new Dictionary<string, ColumnType> { ["2"] = ColumnType.Date } }));
        Assert.AreEqual(
            "FILE is a .npy file, which has no header. Omit --header.",
            TypedReader.Refusal(folder["n.npy"], TypedReader.Options with { HasHeader = true }));
    }

    private static string Compress(string path, byte[] content)
    {
        using FileStream file = File.Create(path);
        using GZipStream stream = new(file, CompressionLevel.SmallestSize);
        stream.Write(content);
        return path;
    }
}
