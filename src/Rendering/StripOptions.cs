using Diffusion.Rendering.Axes;

namespace Diffusion.Rendering;

/// <summary>How a strip of panels looks.</summary>
public sealed record StripOptions
{
    /// <summary>The title, or nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>Small print below the title, or nothing.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The part of the plane that all panels show; by default it is fitted to them.</summary>
    public PlotRange? Range { get; init; }

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Light;
}
