using SkiaSharp;

namespace Diffusion.Rendering.Fonts;

/// <summary>A line of text. It is drawn as outlines, so that a vector picture needs no font where it is shown.</summary>
/// <param name="Text">The text.</param>
/// <param name="Size">The size of the font, in pixels.</param>
/// <param name="Color">The colour.</param>
internal readonly record struct Label(string Text, float Size, SKColor Color)
{
    /// <summary>The advance width, in pixels.</summary>
    public float Width
    {
        get
        {
            using SKFont font = LabelFont.Create(Size);
            return font.MeasureText(Text);
        }
    }

    /// <summary>Draws the text with its baseline at <paramref name="baseline"/>.</summary>
    public void Draw(SKCanvas canvas, float x, float baseline, SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = LabelFont.Create(Size);
        float left = align switch
        {
            SKTextAlign.Center => x - (font.MeasureText(Text) / 2),
            SKTextAlign.Right => x - font.MeasureText(Text),
            _ => x,
        };
        using SKPath outlines = font.GetTextPath(Text, new SKPoint(left, baseline));
        using SKPaint paint = new() { Color = Color, IsAntialias = true };
        canvas.DrawPath(outlines, paint);
    }
}
