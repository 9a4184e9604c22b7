using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Codecs.Queries;

/// <summary>The cells of a column that are asked for, in the type of the column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Has">Whether a cell is one of them.</param>
/// <param name="Single">A column of the one cell that is asked for; null where there are several, or where it is a missing one.</param>
internal sealed record AskedCells(ColumnSpec Column, Func<TableColumn, int, bool> Has, TableColumn? Single)
{
    /// <summary>The most values that a message lists.</summary>
    private const int MostListed = 20;

    /// <summary>Reads a range.</summary>
    /// <exception cref="DiffusionException">The column has no such cell.</exception>
    public static AskedCells Parse(ColumnSpec column, CellRange range)
    {
        if (range.IsSingle && range.Least == column.MissingText && column.MissingCount > 0)
        {
            return new AskedCells(column, (cells, row) => cells.IsMissing(row), Single: null);
        }

        return column is CategoryColumnSpec { Texts: not null } texts ? ParseText(texts, range) : ParseNumber(column, range);
    }

    private static AskedCells ParseText(CategoryColumnSpec column, CellRange range)
    {
        if (!range.IsSingle || !column.Texts!.Contains(range.Least))
        {
            string more = column.Texts!.Count > MostListed ? ", …" : "";
            throw NotThere(column, range, string.Join(", ", column.Texts!.Take(MostListed)) + more);
        }

        return new AskedCells(
            column, (cells, row) => cells.GetText(row) == range.Least, new TextColumn(column.Name, [0], [range.Least]));
    }

    private static AskedCells ParseNumber(ColumnSpec column, CellRange range)
    {
        (CellFormat format, double first, double last) = column switch
        {
            NumberColumnSpec number => (number.Format, number.Least ?? number.Values[0], number.Greatest ?? number.Values[^1]),
            CategoryColumnSpec category => (category.Format!, category.Numbers!.Min(), category.Numbers!.Max()),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, "There is no such kind of column."),
        };
        double least = Bound(range.Least, first);
        double greatest = Bound(range.Greatest, last);
        bool isThere = least <= last && greatest >= first && least <= greatest
            && (column is not CategoryColumnSpec known || known.Numbers!.Any(number => number >= least && number <= greatest));
        if (!isThere)
        {
            throw NotThere(column, range, $"{format.Print(first)} to {format.Print(last)}");
        }

        return new AskedCells(
            column,
            (cells, row) => ((NumberColumn)cells).Values[row] is var value && value >= least && value <= greatest,
            range.IsSingle ? new NumberColumn(column.Name, [least], format) : null);

        double Bound(string text, double unlimited)
            => text.Length == 0 ? unlimited
                : format.TryParse(text, out double value) || new DecimalFormat().TryParse(text, out value) ? value
                : throw NotThere(column, range, $"{format.Print(first)} to {format.Print(last)}");
    }

    private static DiffusionException NotThere(ColumnSpec column, CellRange range, string known)
    {
        string asked = range.IsSingle ? range.Least : $"{range.Least}..{range.Greatest}";
        return new DiffusionException($"The column '{column.Name}' has no cell '{asked}'; it has: {known}.");
    }
}
