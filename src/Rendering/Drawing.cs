using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>Something drawn in lines and shapes, which can be written as pixels of any size or as the lines themselves.</summary>
public sealed partial class Drawing
{
    private readonly Theme _theme;
    private readonly Action<Sheet> _draw;

    /// <param name="width">The width in units.</param>
    /// <param name="height">The height in units.</param>
    /// <param name="theme">The colours.</param>
    /// <param name="draw">Draws, always the same.</param>
    internal Drawing(float width, float height, Theme theme, Action<Sheet> draw)
    {
        (Width, Height, _theme, _draw) = (width, height, theme, draw);
    }

    /// <summary>The width in units; a unit is a pixel at scale 1, and a point in a PDF.</summary>
    public float Width { get; }

    /// <summary>The height in units.</summary>
    public float Height { get; }

    /// <summary>The drawing as pixels.</summary>
    /// <param name="scale">Pixels per unit; 2 suits screens of high resolution.</param>
    public Picture ToPicture(float scale = 1) => Picture.Draw(Width, Height, scale, canvas => DrawOn(canvas, textAsPaths: false));

    /// <summary>Writes the drawing as PNG.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="scale">Pixels per unit.</param>
    public void WritePng(Stream stream, float scale = 1)
    {
        using Picture picture = ToPicture(scale);
        picture.WritePng(stream);
    }

    /// <summary>Writes the drawing as SVG. Letters become shapes: a reader needs no font.</summary>
    /// <param name="stream">The file; it is left open.</param>
    public void WriteSvg(Stream stream)
    {
        using MemoryStream written = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), written))
        {
            DrawOn(canvas, textAsPaths: true);
        }

        // Skia counts these names through the life of the program; counted through the file they are always the same.
        Dictionary<string, string> names = [];
        string svg = SkiaName().Replace(Encoding.UTF8.GetString(written.ToArray()), match =>
        {
            names.TryAdd(match.Value, Invariant($"{match.Groups[1].Value}{names.Count}"));
            return names[match.Value];
        });
        stream.Write(Encoding.UTF8.GetBytes(svg));
    }

    /// <summary>Writes the drawing as a PDF of one page, with its font.</summary>
    /// <param name="stream">The file; it is left open.</param>
    public void WritePdf(Stream stream)
    {
        // Skia must not meet an exception of the stream's: it would end the program.
        using MemoryStream written = new();
        using (SKDocument document = SKDocument.CreatePdf(written))
        {
            using (SKCanvas canvas = document.BeginPage(Width, Height))
            {
                DrawOn(canvas, textAsPaths: false);
            }

            document.EndPage();
            document.Close();
        }

        written.WriteTo(stream);
    }

    /// <summary>The name of a clipping path, an image or a gradient.</summary>
    [GeneratedRegex("\\b(cl_|img_|gradient_)[0-9a-f]+\\b")]
    private static partial Regex SkiaName();

    private void DrawOn(SKCanvas canvas, bool textAsPaths)
    {
        Sheet sheet = new(canvas, _theme, textAsPaths);
        sheet.Fill(SKRect.Create(Width, Height), _theme.Paper);
        _draw(sheet);
    }
}
