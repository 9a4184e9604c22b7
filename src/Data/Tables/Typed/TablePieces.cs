using System.Diagnostics.CodeAnalysis;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Tables that follow each other in one file.</summary>
internal static class TablePieces
{
    /// <summary>Refuses a file without pieces: nobody knows its columns.</summary>
    /// <exception cref="ArgumentException">There is no piece.</exception>
    public static void RequireAny([NotNull] Table? first)
    {
        if (first is null)
        {
            throw new ArgumentException("At least one piece of a table is required.", nameof(first));
        }
    }

    /// <summary>Refuses a piece whose columns are not those of the first.</summary>
    /// <exception cref="ArgumentException">A column is missing, has another name, or stands in another place.</exception>
    public static void RequireSameColumns(Table first, Table piece)
    {
        if (!first.Columns.Select(column => column.Name).SequenceEqual(piece.Columns.Select(column => column.Name)))
        {
            throw new ArgumentException("All pieces of a table must have the same columns.", nameof(piece));
        }
    }
}
