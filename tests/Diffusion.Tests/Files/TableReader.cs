using Diffusion.Data.Tables;

namespace Diffusion.Tests.Files;

/// <summary>Reads tables as the commands do.</summary>
internal static class TableReader
{
    public static TableContent Read(string path, ColumnChoice? columns = null) => PointFile.ReadTable(
        path, new TableReading { Columns = columns ?? ColumnChoice.All, ColumnsOption = "--columns", HeaderOption = "--header" });

    /// <summary>The numbers, row by row.</summary>
    public static double[] Values(string path, ColumnChoice columns) => Read(path, columns).Table.Values.ToArray();

    /// <summary>The message of a refusal.</summary>
    public static string Refusal(string path) => Assert.ThrowsExactly<DiffusionException>(() => Read(path)).Message;
}
