namespace Diffusion.Rendering.Figures;

/// <summary>What the colours of a matrix stand for: none at one number, full at others.</summary>
public sealed class MatrixScale
{
    private MatrixScale(double low, double high, double blank, IReadOnlyList<(double Value, string Label)> ticks)
        => (Low, High, Blank, Ticks) = (low, high, blank, ticks);

    /// <summary>Gets the scale of correlations: blank at 0, one colour down to −1 and another one up to 1.</summary>
    public static MatrixScale Correlations { get; }
        = new(-1, 1, blank: 0, [(-1, "−1"), (-0.5, "−0.5"), (0, "0"), (0.5, "0.5"), (1, "1")]);

    /// <summary>Gets the scale of scores: blank at 1, full colour at 0.8 and below.</summary>
    public static MatrixScale Scores { get; }
        = new(0.8, 1, blank: 1, [(0.8, "≤ 0.8"), (0.85, "0.85"), (0.9, "0.9"), (0.95, "0.95"), (1, "1")]);

    /// <summary>Gets the number at the lower end.</summary>
    internal double Low { get; }

    /// <summary>Gets the number at the upper end.</summary>
    internal double High { get; }

    /// <summary>Gets the numbers that are written beside the scale.</summary>
    internal IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>Gets the number that has no colour.</summary>
    internal double Blank { get; }

    /// <summary>Returns how full the colour of a number is, from −1 to 1; 0 where there is none.</summary>
    internal double StrengthOf(double value)
        => Math.Clamp((value - Blank) / Math.Max(High - Blank, Blank - Low), -1, 1);
}
