using System.CommandLine;

namespace Diffusion.Cli;

/// <summary>The option of the weight of guidance to given cells.</summary>
internal static class GuidanceOption
{
    private const double Largest = 20;

    /// <summary>Creates the option.</summary>
    public static Option<double?> Create() => new("--guidance")
    {
        Description = "Weight of guidance to the given cells, such as 1.5: rows become more typical of them, and less varied "
            + "[default: 1, as learned]",
    };

    /// <summary>Reads the weight; null where none is given.</summary>
    /// <exception cref="DiffusionException">It is out of range.</exception>
    public static double? Read(ParseResult parsed, Option<double?> option)
        => parsed.GetValue(option) is not { } weight || weight is >= 0 and <= Largest
            ? parsed.GetValue(option)
            : throw new DiffusionException($"{option.Name} must be between 0 and {Largest}; was {weight}.");
}
