using SkiaSharp;

namespace Diffusion.Rendering.Axes;

/// <summary>Places an iteration (linear) and a loss (logarithmic) on a rectangle of pixels.</summary>
internal readonly struct LossScale
{
    private const double Margin = 0.05;

    /// <summary>The least ratio of the ends of the loss axis, so that a constant loss has an axis too.</summary>
    private const double LeastRatio = 1.1;

    private readonly SKRect _area;

    /// <param name="area">The rectangle.</param>
    /// <param name="iterations">The last iteration, at least 1.</param>
    /// <param name="lowest">The lowest loss, above 0.</param>
    /// <param name="highest">The highest loss.</param>
    public LossScale(SKRect area, int iterations, double lowest, double highest)
    {
        double margin = Math.Max(Margin * Math.Log(highest / lowest), Math.Log(LeastRatio));
        _area = area;
        Iterations = iterations;
        LowestLoss = lowest * Math.Exp(-margin);
        HighestLoss = highest * Math.Exp(margin);
    }

    /// <summary>The last iteration; the axis begins at 0.</summary>
    public int Iterations { get; }

    /// <summary>The loss at the lower end.</summary>
    public double LowestLoss { get; }

    /// <summary>The loss at the upper end.</summary>
    public double HighestLoss { get; }

    /// <summary>Where a loss at an iteration lies on the picture.</summary>
    public SKPoint Place(double iteration, double loss) => new(
        (float)(_area.Left + (_area.Width * iteration / Iterations)),
        (float)(_area.Bottom - (_area.Height * Math.Log(loss / LowestLoss) / Math.Log(HighestLoss / LowestLoss))));
}
