using System.CommandLine;
using System.Globalization;
using Diffusion.Files;
using Diffusion.Rendering;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>The options that every figure has: the file to write, its size and its colours.</summary>
/// <param name="defaultName">How the file is called where no name is given, for the help.</param>
internal sealed class FigureFile(string defaultName)
{
    private const string Pixels = ".png";
    private const string Lines = ".svg";
    private const string Page = ".pdf";
    private const float SmallestScale = 0.25f;
    private const float LargestScale = 4;

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = $"The {Pixels}, {Lines} or {Page} file to write [default: {defaultName}{Pixels}]",
    };

    private readonly Option<float> _scale = new("--scale")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Pixels per unit of a {Pixels} file, between {SmallestScale} and {LargestScale}; 2 suits high-resolution screens"),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _theme = ThemeOption.Create();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_scale);
        command.Add(_theme);
    }

    /// <summary>Draws and writes, after all that was said about the file is checked.</summary>
    /// <param name="parsed">What was said.</param>
    /// <param name="name">The name of the file without its ending, where none was said.</param>
    /// <param name="draw">Draws in the colours of a theme.</param>
    /// <param name="announce">Where the name of the file is written; by default standard output.</param>
    /// <exception cref="DiffusionException">The file cannot be written or an option is out of range.</exception>
    public void Write(ParseResult parsed, string name, Func<Theme, Drawing> draw, TextWriter? announce = null)
    {
        string output = parsed.GetValue(_output) ?? name + Pixels;
        float scale = parsed.GetValue(_scale);
        if (scale is not (>= SmallestScale and <= LargestScale))
        {
            throw new DiffusionException($"The scale must be between {SmallestScale} and {LargestScale} pixels per unit; was {scale}.");
        }

        Action<Drawing, Stream> write = Path.GetExtension(output).ToLowerInvariant() switch
        {
            Pixels => (drawing, stream) => drawing.WritePng(stream, scale),
            Lines => (drawing, stream) => drawing.WriteSvg(stream),
            Page => (drawing, stream) => drawing.WritePdf(stream),
            _ => throw new DiffusionException($"A figure must be a {Pixels}, {Lines} or {Page} file; '{output}' has another extension."),
        };
        Theme theme = Theme.Find(parsed.GetRequiredValue(_theme));
        AtomicFile.Check(output);
        Drawing drawing = draw(theme);
        AtomicFile.Write(output, stream => write(drawing, stream));
        (announce ?? Console.Out).WriteLine(output);
    }
}
