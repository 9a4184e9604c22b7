using System.Globalization;
using Diffusion.Data.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Files.Typed;

/// <summary>Reads typed tables as the commands do, and says what their columns are.</summary>
internal static class TypedReader
{
    private const double Sample = 1234.26;

    public static TableFileOptions Options { get; } = new()
    {
        ColumnsOption = "--columns", ExceptOption = "--except", HeaderOption = "--header", TypesOption = "--types",
    };

    public static TableFileContent Read(string path, TableFileOptions? options = null) => TableFile.Read(path, options ?? Options);

    /// <summary>The message of a refusal, without the name of the file.</summary>
    public static string Refusal(string path, TableFileOptions? options = null)
        => Assert.ThrowsExactly<DiffusionException>(() => Read(path, options)).Message
            .Replace($"'{path}'", "FILE", StringComparison.Ordinal);

    /// <summary>What a column is: its number of decimals and how 1234.26 stands in it, its pattern, or "text".</summary>
    public static string Describe(TableColumn column) => column switch
    {
        NumberColumn { Format: DecimalFormat format } => string.Create(
            CultureInfo.InvariantCulture,
            $"{(format.Places is { } places ? places : "any")}{(format.IsPadded ? " padded" : "")}: {format.Print(Sample)}"),
        NumberColumn { Format: TimeFormat format } => format.Pattern,
        _ => "text",
    };

    /// <summary>The cells of a column.</summary>
    public static string[] Cells(TableColumn column) => [.. Enumerable.Range(0, column.Count).Select(column.GetText)];

    /// <summary>Fails unless two tables have the same names, kinds of columns, numbers and cells.</summary>
    public static void AssertSame(Table expected, Table actual)
    {
        Assert.AreEqual(expected.HasHeader, actual.HasHeader);
        CollectionAssert.AreEqual(
            expected.Columns.Select(column => column.Name).ToArray(), actual.Columns.Select(column => column.Name).ToArray());
        foreach ((TableColumn one, TableColumn other) in expected.Columns.Zip(actual.Columns))
        {
            CollectionAssert.AreEqual(Cells(one), Cells(other), one.Name);
            Assert.AreEqual(one.GetType(), other.GetType(), one.Name);
            Assert.AreEqual((one as NumberColumn)?.Format.GetType(), (other as NumberColumn)?.Format.GetType(), one.Name);
            if (one is NumberColumn { Values: var values })
            {
                CollectionAssert.AreEqual(values.ToArray(), ((NumberColumn)other).Values.ToArray(), one.Name);
            }
        }
    }
}
