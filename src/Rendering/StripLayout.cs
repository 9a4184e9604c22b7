using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>Where the panels of a strip lie: rows of at most six, all of one size.</summary>
/// <param name="panels">The number of panels, at least 1.</param>
/// <param name="hasTitle">Whether room is left for a title.</param>
/// <param name="hasSubtitle">Whether room is left for a subtitle.</param>
internal sealed class StripLayout(int panels, bool hasTitle, bool hasSubtitle)
{
    public const int Left = 40;
    public const int Top = 16;

    private const int LargestWidth = 1320;
    private const int LargestPanel = 320;
    private const int MostColumns = 6;
    private const int Right = 16;
    private const int Bottom = 30;
    private const int Gap = 14;
    private const int PanelLabel = 26;
    private const int Title = 32;
    private const int Subtitle = 20;

    /// <summary>The number of rows.</summary>
    public int Rows { get; } = Ceiling(panels, MostColumns);

    /// <summary>The number of panels in a full row.</summary>
    public int Columns => Ceiling(panels, Rows);

    /// <summary>The side of a panel, in pixels.</summary>
    public int Side => Math.Min(LargestPanel, (LargestWidth - Left - Right - ((Columns - 1) * Gap)) / Columns);

    /// <summary>The width of the picture, in pixels.</summary>
    public int Width => Left + (Columns * Side) + ((Columns - 1) * Gap) + Right;

    /// <summary>The height of the picture, in pixels.</summary>
    public int Height => Top + Heading + (Rows * (PanelLabel + Side)) + ((Rows - 1) * Gap) + Bottom;

    private int Heading => (hasTitle ? Title : 0) + (hasSubtitle ? Subtitle : 0);

    /// <summary>The rectangle of a panel's plot; its label goes above.</summary>
    public SKRect Area(int panel)
    {
        int row = panel / Columns;
        int column = panel % Columns;
        return SKRect.Create(
            Left + (column * (Side + Gap)),
            Top + Heading + PanelLabel + (row * (PanelLabel + Side + Gap)),
            Side,
            Side);
    }

    /// <summary>Whether a panel is the first of its row.</summary>
    public bool IsLeftmost(int panel) => panel % Columns == 0;

    /// <summary>Whether no panel lies below.</summary>
    public bool IsLowest(int panel) => panel + Columns >= panels;

    private static int Ceiling(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
