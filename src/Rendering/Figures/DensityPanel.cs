namespace Diffusion.Rendering.Figures;

/// <summary>A density over a square of the plane.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="Values">p, <c>[side, side]</c>, row by row from the top left, in the middle of each cell; finite, not below 0.</param>
public sealed record DensityPanel(string Label, double[] Values)
{
    /// <summary>The number of cells along a side.</summary>
    internal int Side { get; } = (int)Math.Round(Math.Sqrt(Values.Length));

    /// <summary>The density between the middles of cells, linear in both directions; beyond the outermost middles as at them.</summary>
    /// <param name="row">From 0, the middle of the topmost cells, down.</param>
    /// <param name="column">From 0, the middle of the leftmost cells, to the right.</param>
    internal double At(double row, double column)
    {
        (int top, double down) = Split(row);
        (int left, double across) = Split(column);
        return double.Lerp(
            double.Lerp(Values[(top * Side) + left], Values[(top * Side) + left + 1], across),
            double.Lerp(Values[((top + 1) * Side) + left], Values[((top + 1) * Side) + left + 1], across),
            down);
    }

    private (int Whole, double Fraction) Split(double place)
    {
        double inside = Math.Clamp(place, 0, Side - 1);
        int whole = Math.Min((int)inside, Side - 2);
        return (whole, inside - whole);
    }
}
