using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>What the real cells of a column have in common. A missing cell breaks no rule but its own.</summary>
internal sealed class CellRules
{
    private readonly bool _isCategory, _hasMissing;
    private readonly double _least, _greatest;
    private readonly HashSet<double> _categories;
    private readonly int? _decimals;

    /// <summary>Learns the rules.</summary>
    /// <param name="real">Numbers, or codes of categories; NaN where a cell is missing.</param>
    /// <param name="isCategory">Whether they are codes of categories.</param>
    public CellRules(double[] real, bool isCategory)
    {
        double[] values = [.. real.Where(value => !double.IsNaN(value))];
        (_isCategory, _hasMissing) = (isCategory, values.Length < real.Length);
        (_least, _greatest) = values.Length == 0 ? (double.NaN, double.NaN) : (values.Min(), values.Max());
        _categories = isCategory ? [.. values] : [];
        _decimals = isCategory ? null : DecimalsOf(values);
    }

    /// <summary>Whether the cell lies between the least and the greatest real number.</summary>
    public bool IsInRange(double cell) => _isCategory || double.IsNaN(cell) || (cell >= _least && cell <= _greatest);

    /// <summary>Whether a real cell has the category.</summary>
    public bool IsKnown(double cell) => !_isCategory || double.IsNaN(cell) || _categories.Contains(cell);

    /// <summary>Whether the cell has no more decimals than the real numbers.</summary>
    public bool IsRounded(double cell) => double.IsNaN(cell) || _decimals is not { } decimals || Math.Round(cell, decimals) == cell;

    /// <summary>Whether the cell is there, or in a column that lacks real cells.</summary>
    public bool IsPresent(double cell) => _hasMissing || !double.IsNaN(cell);

    /// <summary>Whether the cell breaks no rule.</summary>
    public bool IsValid(double cell) => IsInRange(cell) && IsKnown(cell) && IsRounded(cell) && IsPresent(cell);

    /// <summary>The least number of decimals that keeps all numbers as they are, or null where none does.</summary>
    private static int? DecimalsOf(double[] values)
    {
        int decimals = 0;
        foreach (double value in values)
        {
            while (Math.Round(value, decimals) != value)
            {
                if (decimals++ == DecimalFormat.MostDecimals)
                {
                    return null;
                }
            }
        }

        return decimals;
    }
}
