using Diffusion.Rendering.Fonts;
using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>What figures draw on: text, lines and dots in the colours of a theme.</summary>
/// <param name="canvas">Where it all goes.</param>
/// <param name="theme">The colours.</param>
/// <param name="textAsPaths">Whether letters become shapes, for files that carry no font.</param>
internal sealed class Sheet(SKCanvas canvas, Theme theme, bool textAsPaths = false)
{
    private const float UpwardsDegrees = -90;

    /// <summary>Longer labels are cut before they are measured.</summary>
    private const int MostCharacters = 64;

    /// <summary>The colours.</summary>
    public Theme Theme => theme;

    /// <summary>Writes a line of text; y is that of its base line.</summary>
    public void Text(string text, float x, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        using SKFont font = LabelFont.OfSize(size);
        if (!textAsPaths)
        {
            canvas.DrawText(text, x, y, align, font, paint);
            return;
        }

        float shift = align switch { SKTextAlign.Left => 0, SKTextAlign.Right => font.MeasureText(text), _ => font.MeasureText(text) / 2 };
        using SKPath path = font.GetTextPath(text, new SKPoint(x - shift, y));
        canvas.DrawPath(path, paint);
    }

    /// <summary>Writes a line of text whose letters are in the middle of a height.</summary>
    public void TextBeside(string text, float x, float middle, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = LabelFont.OfSize(size);
        Text(text, x, middle - ((font.Metrics.Ascent + font.Metrics.Descent) / 2), size, color, align);
    }

    /// <summary>Writes a line of text from below upwards, whose letters are in the middle of a width.</summary>
    /// <param name="text">The text.</param>
    /// <param name="middle">The x of the middle of the letters.</param>
    /// <param name="y">Where the line begins, is in the middle or ends.</param>
    /// <param name="size">The size of the letters.</param>
    /// <param name="color">The colour.</param>
    /// <param name="align">Which of these.</param>
    public void TextUpwards(string text, float middle, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using SKAutoCanvasRestore restore = new(canvas);
        canvas.Translate(middle, y);
        canvas.RotateDegrees(UpwardsDegrees);
        TextBeside(text, 0, 0, size, color, align);
    }

    /// <summary>Writes words in colours of their own, side by side.</summary>
    /// <param name="words">The words.</param>
    /// <param name="x">Where they begin.</param>
    /// <param name="y">Their base line.</param>
    /// <param name="size">The size of the letters, and the space between words.</param>
    public void Words(IEnumerable<(string Text, SKColor Color)> words, float x, float y, float size)
    {
        foreach ((string text, SKColor color) in words)
        {
            Text(text, x, y, size, color);
            x += WidthOf(text, size) + size;
        }
    }

    /// <summary>The width of words side by side.</summary>
    public static float WidthOf(IEnumerable<string> words, float size) => words.Sum(word => WidthOf(word, size) + size);

    /// <summary>The width of a line of text.</summary>
    public static float WidthOf(string text, float size)
    {
        using SKFont font = LabelFont.OfSize(size);
        return font.MeasureText(text);
    }

    /// <summary>As much of a text as fits into a width, cut in the middle.</summary>
    public static string Fit(string text, float size, float width)
    {
        int longest = Math.Min(text.Length, MostCharacters);
        while (longest > 1 && WidthOf(PlainText.Of(text, longest), size) > width)
        {
            longest--;
        }

        return PlainText.Of(text, longest);
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(SKRect area, SKColor color)
    {
        using SKPaint paint = new() { Color = color };
        canvas.DrawRect(area, paint);
    }

    /// <summary>Draws the outline of a rectangle.</summary>
    public void Outline(SKRect area, SKColor color)
    {
        using SKPaint paint = Pen(color, 1);
        canvas.DrawRect(area, paint);
    }

    /// <summary>Draws a straight line.</summary>
    public void Line(float x0, float y0, float x1, float y1, SKColor color, float width = 1)
    {
        using SKPaint paint = Pen(color, width);
        canvas.DrawLine(x0, y0, x1, y1, paint);
    }

    /// <summary>Draws lines between pairs of places; of width 0 they are as thin as a pixel.</summary>
    public void Segments(SKPoint[] ends, SKColor color, float width)
    {
        using SKPaint paint = Pen(color, width);
        canvas.DrawPoints(SKPointMode.Lines, ends, paint);
    }

    /// <summary>Draws a line from place to place.</summary>
    public void Polyline(SKPoint[] places, SKColor color, float width)
    {
        using SKPaint paint = Pen(color, width);
        DrawPoly(places, close: false, paint);
    }

    /// <summary>Fills a shape.</summary>
    public void Shape(SKPoint[] corners, SKColor color)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        DrawPoly(corners, close: true, paint);
    }

    /// <summary>Draws dots; where they are translucent and overlap they get darker, which shows the density.</summary>
    public void Dots(ReadOnlySpan<SKPoint> places, SKColor color, float diameter)
    {
        using SKPaint paint = Pen(color, diameter);
        if (!textAsPaths)
        {
            canvas.DrawPoints(SKPointMode.Points, places.ToArray(), paint);
            return;
        }

        // In SVG all points of one call would become one shape, whose parts do not darken each other.
        paint.Style = SKPaintStyle.Fill;
        foreach (SKPoint place in places)
        {
            canvas.DrawCircle(place, diameter / 2, paint);
        }
    }

    /// <summary>Draws a circle that is not filled.</summary>
    public void Ring(SKPoint place, float diameter, SKColor color, float width)
    {
        using SKPaint paint = Pen(color, width);
        canvas.DrawCircle(place, diameter / 2, paint);
    }

    /// <summary>Draws coloured cells, <c>[rows, columns]</c>, row by row from the top.</summary>
    public void Cells(SKRect area, int columns, int rows, SKColor[] colors)
    {
        using SKBitmap cells = new(columns, rows) { Pixels = colors };
        using SKImage image = SKImage.FromBitmap(cells);
        canvas.DrawImage(image, area, new SKSamplingOptions(SKFilterMode.Linear));
    }

    /// <summary>Draws within a rectangle only.</summary>
    public void Within(SKRect area, Action draw)
    {
        using SKAutoCanvasRestore restore = new(canvas);
        canvas.ClipRect(area);
        draw();
    }

    /// <summary>Draws in pixels instead of units.</summary>
    public void InPixels(Action<SKCanvas> draw)
    {
        using SKAutoCanvasRestore restore = new(canvas);
        canvas.ResetMatrix();
        draw(canvas);
    }

    private void DrawPoly(SKPoint[] places, bool close, SKPaint paint)
    {
        using SKPathBuilder builder = new();
        builder.AddPoly(places, close);
        using SKPath path = builder.Detach();
        canvas.DrawPath(path, paint);
    }

    private static SKPaint Pen(SKColor color, float width) => new()
    {
        Color = color,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = width,
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
        IsAntialias = true,
    };
}
