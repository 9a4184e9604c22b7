namespace Diffusion.Models;

/// <summary>What a model was trained on. The network sees <c>(x − Shift) / Scale</c>.</summary>
public sealed record DataInfo
{
    /// <summary>The name of the data set, or of the file without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the file that the points came from, or null for a data set.</summary>
    public string? File { get; init; }

    /// <summary>The SHA-256 of that file in hexadecimal, or null where there is none.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>The number d of coordinates.</summary>
    public required int Dimension { get; init; }

    /// <summary>A name for each coordinate, <c>[d]</c>, or null where they have none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What is subtracted from each coordinate, <c>[d]</c>; null means 0.</summary>
    public IReadOnlyList<double>? Shift { get; init; }

    /// <summary>What each coordinate is divided by, <c>[d]</c>, positive; null means 1.</summary>
    public IReadOnlyList<double>? Scale { get; init; }
}
