using Diffusion.Tables;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>Numbers of columns that count in different units.</summary>
internal static class NumberUnits
{
    /// <summary>Returns the numbers of a column, times in the units of another one, <c>[n]</c>; NaN where a cell is missing.</summary>
    /// <param name="column">The column.</param>
    /// <param name="other">The other one.</param>
    public static double[] ToUnitsOf(this NumberColumn column, NumberColumn other)
        => column.Format is TimeFormat own && other.Format is TimeFormat asked && own.TicksPerUnit != asked.TicksPerUnit
            ? Array.ConvertAll(column.Values.ToArray(), value => value * ((double)own.TicksPerUnit / asked.TicksPerUnit))
            : column.Values.ToArray();
}
