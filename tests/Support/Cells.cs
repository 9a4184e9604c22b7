using Diffusion.Tables;

namespace Diffusion.Tests.Support;

/// <summary>The cells of a table as text.</summary>
internal static class Cells
{
    /// <summary>Returns all cells, a line for each row.</summary>
    public static string Of(Table table)
        => string.Concat(Enumerable.Range(0, table.Count)
            .Select(row => string.Join(',', table.Columns.Select(column => column.GetText(row))) + '\n'));
}
