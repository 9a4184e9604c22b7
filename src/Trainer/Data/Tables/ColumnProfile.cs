using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>The values of a column and how often each occurs.</summary>
internal sealed class ColumnProfile
{
    private ColumnProfile(TableColumn column, int missing) => (Column, Missing) = (column, missing);

    /// <summary>Gets the column.</summary>
    public TableColumn Column { get; }

    /// <summary>Gets the number of missing cells.</summary>
    public int Missing { get; }

    /// <summary>Gets the number of cells that are present.</summary>
    public int Present => Column.Count - Missing;

    /// <summary>Gets the different numbers, ascending; empty for a column of text.</summary>
    public IReadOnlyList<(double Value, int Count)> Numbers { get; private init; } = [];

    /// <summary>Gets the different texts; empty for a column of numbers.</summary>
    public IReadOnlyList<(string Value, int Count)> Texts { get; private init; } = [];

    /// <summary>Gets all numbers, ascending; empty for a column of text.</summary>
    public double[] Sorted { get; private init; } = [];

    /// <summary>Gets the number of different values.</summary>
    public int Different => Numbers.Count + Texts.Count;

    /// <summary>Counts the values of a column.</summary>
    public static ColumnProfile Of(TableColumn column) => column switch
    {
        NumberColumn numbers => Count(numbers),
        TextColumn texts => Count(texts),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "There is no such kind of column."),
    };

    /// <summary>Returns the fewest decimals that hold all numbers.</summary>
    /// <param name="most">The number of decimals that they have in the file; null where they are not rounded.</param>
    public int? FewestDecimals(int? most)
    {
        int? decimals = most;
        while (decimals > 0 && Numbers.All(number => number.Value == Math.Round(number.Value, decimals.Value - 1)))
        {
            decimals--;
        }

        return decimals;
    }

    private static ColumnProfile Count(NumberColumn column)
    {
        double[] sorted = Array.FindAll(column.Values.ToArray(), value => !double.IsNaN(value));
        Array.Sort(sorted);
        return new ColumnProfile(column, column.Count - sorted.Length)
        {
            Numbers = QuantileTransform.Count(sorted), Sorted = sorted,
        };
    }

    private static ColumnProfile Count(TextColumn column)
    {
        int[] counts = new int[column.Values.Count];
        int missing = 0;
        foreach (int code in column.Codes)
        {
            if (code == TextColumn.Missing)
            {
                missing++;
            }
            else
            {
                counts[code]++;
            }
        }

        return new ColumnProfile(column, missing)
        {
            Texts = [.. column.Values.Zip(counts).Where(pair => pair.Second > 0)],
        };
    }
}
