namespace Diffusion.Rendering.Plotting;

/// <summary>The numbers along a side of a chart.</summary>
/// <param name="Name">What they count, with its unit if it has one.</param>
/// <param name="Low">The lower end; above 0 where the axis is logarithmic.</param>
/// <param name="High">The upper end, above the lower.</param>
/// <param name="IsLogarithmic">Whether equal factors lie equally far apart.</param>
internal sealed record Axis(string Name, double Low, double High, bool IsLogarithmic = false)
{
    private const int FewestLinear = 4;
    private const int MostLogarithmic = 10;

    /// <summary>Where a number lies: 0 at the lower end, 1 at the upper.</summary>
    public double Share(double value) => IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    /// <summary>The numbers to label.</summary>
    public IReadOnlyList<double> Ticks()
        => IsLogarithmic ? Plotting.Ticks.Logarithmic(Low, High, MostLogarithmic) : Plotting.Ticks.Linear(Low, High, FewestLinear);
}
