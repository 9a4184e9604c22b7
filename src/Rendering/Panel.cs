using Diffusion.Points;

namespace Diffusion.Rendering;

/// <summary>One plot of a strip.</summary>
/// <param name="Label">What it shows, above it on the left.</param>
/// <param name="Points">The points, <c>[n, d]</c>: d = 1 as a histogram, else the first two coordinates as dots.</param>
public sealed record Panel(string Label, PointSet Points)
{
    /// <summary>Small print above it on the right.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What the points are.</summary>
    public PointRole Role { get; init; }

    /// <summary>Points to compare with, drawn faintly behind, or none.</summary>
    public PointSet? Ghost { get; init; }

    /// <summary>A moment of a diffusion process, labelled with its t and ᾱ.</summary>
    /// <param name="frame">The moment and its points.</param>
    /// <param name="role">What the points are.</param>
    public static Panel At(Frame frame, PointRole role = PointRole.Samples)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new Panel(MomentLabel.Time(frame), frame.Points) { Detail = MomentLabel.AlphaBar(frame), Role = role };
    }
}
