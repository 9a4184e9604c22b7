using System.Globalization;
using System.IO.Compression;
using System.Text;
using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;
using Diffusion.Training.Data;

namespace Diffusion.Training.Tests.Data.Tables;

/// <summary>
/// Whole files of every kind go in as they are, without an option: each column is known for what it is, and its cells come out of the codec
/// as they stand in the file.
/// </summary>
[TestClass]
public sealed class WholeFileTests
{
    private const int Rows = 60;

    /// <summary>The name, the first line, the other lines, and what each column is to be: n number, d date, c category, i identifier, t
    /// free text; in capitals where it is not learned.</summary>
    private static readonly (string Name, string First, Func<int, string> Line, string Kinds)[] Files =
    [
        ("plain.csv", "a,b", i => $"{i * 7 % 31},{Text(i * 0.25)}", "nn"),
        ("semicolons.csv", "a;b", i => $"{i % 25};{Text(i * 0.5).Replace('.', ',')}", "nn"),
        ("tabs.tsv", "a\tb c", i => $"{i % 25}\tx{i % 3}", "nc"),
        ("bars.csv", "a|b", i => $"{i % 25}|x{i % 3}", "nc"),
        ("no-header.csv", "1.5,red", i => $"{Text(i * 0.5)},{Colour(i)}", "nc"),
        ("header-of-years.csv", "2019,2020,2021", i => $"{10 + (i * 7 % 29)},{100 + (i % 27)},{300 + i}", "nnn"),
        ("comments.csv", "# made by a program\n# twice\na,b", i => $"{i % 25},{Colour(i)}", "nc"),
        ("row-numbers.csv", ",a,b", i => $"{i},{i * 3 % 28},{Colour(i)}", "nc"),
        ("identifier.csv", "id,a", i => $"{10_000 + (i * 37)},{i * 3 % 28}", "In"),
        ("uuid.csv", "key,a", i => $"{new Guid(i, 1, 2, new byte[8])},{i * 3 % 28}", "In"),
        ("leading-zeros.csv", "zip,a", i => $"0{1000 + (i % 5)},{i * 3 % 28}", "cn"),
        ("long-numbers.csv", "card,a", i => $"90071992547409{93 + (i % 6)},{i * 3 % 28}", "cn"),
        ("free-text.csv", "note,a", i => $"\"word {i}, and \"\"more\"\" {i / 2}\",{i * 3 % 28}", "In"),
        ("quotes.csv", "\"a, b\",\"c\"\"d\"", i => $"\"{Colour(i)}, dark\",{i * 3 % 28}", "cn"),
        ("lines-in-cells.csv", "a,b", i => $"\"{Colour(i)}\nline\",{i * 3 % 28}", "cn"),
        ("formulas.csv", "=a,b", i => $"=SUM(A{i % 4}),{i * 3 % 28}", "cn"),
        ("umlauts.csv", "größe,ort", i => $"{i * 3 % 28},{(i % 2 == 0 ? "Köln" : "Łódź")}", "nc"),
        ("emoji.csv", "mood,a", i => $"{(i % 2 == 0 ? "😀" : "日本")},{i * 3 % 28}", "cn"),
        ("truth.csv", "ok,a", i => $"{(i % 3 == 0 ? "TRUE" : "FALSE")},{i * 3 % 28}", "cn"),
        ("yes-no.csv", "ok,a", i => $"{(i % 3 == 0 ? "yes" : "no")},{i * 3 % 28}", "cn"),
        ("missing.csv", "a,b,c", i => $"{(i % 4 == 0 ? "NA" : $"{i % 29}")},{(i % 5 == 0 ? "" : Colour(i))},{Text(i * 0.5)}", "ncn"),
        ("question-marks.csv", "a,b", i => $"{(i % 4 == 0 ? "?" : $"{i % 29}")},{(i % 5 == 0 ? "?" : Colour(i))}", "nc"),
        ("nulls.csv", "a,b", i => $"{(i % 4 == 0 ? "null" : $"{i % 29}")},{(i % 5 == 0 ? "None" : Colour(i))}", "nc"),
        ("short-lines.csv", "a,b,c", i => i % 3 == 0 ? $"{i % 29},{Colour(i)}" : $"{i % 29},{Colour(i)},{i * 0.5:0.0}", "ncn"),
        ("constant.csv", "a,b,none", i => $"{i % 29},7,", "nNC"),
        ("dates.csv", "day,a", i => $"{Day(i):yyyy-MM-dd},{i * 3 % 28}", "dn"),
        ("american-dates.csv", "day,a", i => $"{Day(i):M/d/yyyy},{i * 3 % 28}", "dn"),
        ("german-dates.csv", "tag;wert", i => $"{Day(i):dd.MM.yyyy};{Text(i * 0.5).Replace('.', ',')}", "dn"),
        ("times.csv", "when,a", i => $"{Day(i).AddSeconds(i * 5171):yyyy-MM-dd HH:mm:ss},{i * 3 % 28}", "dn"),
        ("iso-times.csv", "when,a", i => $"{Day(i).AddSeconds(i * 5171):yyyy-MM-ddTHH:mm:ss}Z,{i * 3 % 28}", "dn"),
        ("clock.csv", "at,a", i => $"{Day(0).AddMinutes(i * 23):HH:mm},{i * 3 % 28}", "dn"),
        ("begin-end.csv", "begin,end", i => $"{Day(i * 5 % 60):yyyy-MM-dd},{Day((i * 5 % 60) + (i % 24)):yyyy-MM-dd}", "dd"),
        ("money.csv", "price,a", i => $"\"${1000 + (i * 37.25):#,##0.00}\",{i * 3 % 28}", "nn"),
        ("percent.csv", "share,a", i => $"{Text(i * 0.5)}%,{i * 3 % 28}", "nn"),
        ("thousands.csv", "people,a", i => $"\"{1_000 + (i * 12_345):#,##0}\",{i * 3 % 28}", "nn"),
        ("exponents.csv", "a,b", i => $"{Math.Pow(10, -i / 10.0):R},{i * 3 % 28}", "nn"),
        ("follows.csv", "code,city", i => $"C{i % 4},{new[] { "Oslo", "Rome", "Oslo", "Bern" }[i % 4]}", "cc"),
        ("repeated-names.csv", "x,x,y", i => $"{i % 29},{Text(i * 0.5)},{Colour(i)}", "nnc"),
        ("zeros-and-caps.csv", "rain,level", i => $"{(i % 3 > 0 ? "0" : Text(i * 0.1))},{Math.Min(40, i)}", "nn"),
        ("compressed.csv.gz", "a,b", i => $"{i % 29},{Colour(i)}", "nc"),
    ];

    public static IEnumerable<object[]> Names => Files.Select(file => new object[] { file.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void AFile_GoesInAsItIs(string name)
    {
        (_, string first, Func<int, string> line, string kinds) = Files.Single(file => file.Name == name);
        using TemporaryFolder folder = new();
        Write(folder[name], string.Concat(Enumerable.Range(0, Rows).Select(line).Prepend(first).Select(text => text + "\n")));
        TrainingSet set = TrainingData.Open(new DataRequest(folder[name]) { HoldOut = 0 });
        string found = string.Concat(set.Columns!.Select(
            column => IsLearned(column.Treatment) ? column.Type.ToString().ToLowerInvariant()[..1] : column.Type.ToString()[..1]));
        Assert.AreEqual(kinds, found, string.Join("; ", set.Columns!.Select(column => $"{column.Name}: {column.Treatment}")));
        Table table = TableFile.Read(folder[name]).Table;
        CleanBatch all = set.Source.Draw(seed: 3, first: 0, table.Count);
        Table decoded = set.Info.Table!.Decode(all.Samples);
        foreach (TableColumn column in decoded.Columns)
        {
            CollectionAssert.AreEqual(Sorted(table[column.Name]), Sorted(column), column.Name);
        }
    }

    [TestMethod]
    public void ThereAreForty() => Assert.HasCount(40, Files);

    private static bool IsLearned(string treatment)
        => !treatment.StartsWith("left out", StringComparison.Ordinal) && !treatment.Contains("not learned", StringComparison.Ordinal);

    private static void Write(string path, string text)
    {
        using Stream file = File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Compress) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string[] Sorted(TableColumn column)
        => [.. Enumerable.Range(0, column.Count).Select(column.GetText).Order(StringComparer.Ordinal)];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Colour(int row) => new[] { "red", "green", "blue" }[row % 3];

    private static DateTime Day(int days) => new DateTime(2019, 3, 23).AddDays(days);
}
