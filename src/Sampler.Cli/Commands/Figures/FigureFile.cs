using System.CommandLine;
using Diffusion.Files;
using Diffusion.Rendering;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>The options that every figure has: the file to write and its size.</summary>
/// <param name="defaultName">How the file is called where no name is given, for the help.</param>
internal sealed class FigureFile(string defaultName)
{
    private const string Ending = ".png";
    private const float SmallestScale = 0.25f;
    private const float LargestScale = 4;

    private readonly Option<string?> _output = new("--output", "-o") { Description = $"The .png file to write [default: {defaultName}{Ending}]" };
    private readonly Option<float> _scale = new("--scale") { Description = "Pixels per unit; 2 suits screens of high resolution", DefaultValueFactory = _ => 1 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_scale);
    }

    /// <summary>Draws and writes, after all that was said about the file is checked.</summary>
    /// <param name="parsed">What was said.</param>
    /// <param name="name">The name of the file without its ending, where none was said.</param>
    /// <param name="draw">Draws with a number of pixels per unit.</param>
    /// <param name="announce">Where the name of the file is written; by default standard output.</param>
    /// <exception cref="DiffusionException">The file cannot be written or the scale is out of range.</exception>
    public void Write(ParseResult parsed, string name, Func<float, Picture> draw, TextWriter? announce = null)
    {
        string output = parsed.GetValue(_output) ?? name + Ending;
        if (!Path.GetExtension(output).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"A figure is written to a {Ending} file, but '{output}' ends otherwise.");
        }

        float scale = parsed.GetValue(_scale);
        if (scale is not (>= SmallestScale and <= LargestScale))
        {
            throw new DiffusionException($"The scale must be from {SmallestScale} to {LargestScale} pixels per unit, was {scale}.");
        }

        AtomicFile.Check(output);
        using Picture picture = draw(scale);
        AtomicFile.Write(output, picture.WritePng);
        (announce ?? Console.Out).WriteLine(output);
    }
}
