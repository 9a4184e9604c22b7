using Diffusion.Samples;

namespace Diffusion.Codecs;

/// <summary>
/// What a model was trained on. The network sees <c>(x − Shift) / Scale</c> of the d columns that it has learned; columns that are
/// always the same are <see cref="Constants"/>, which the network does not see.
/// </summary>
public sealed record DataInfo
{
    /// <summary>The name of the data set, or of the file without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the file that the points came from, or null for a data set.</summary>
    public string? File { get; init; }

    /// <summary>The SHA-256 of that file in hexadecimal, or null if there is no file.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>The number d of coordinates.</summary>
    public required int Dimension { get; init; }

    /// <summary>Gets the lengths <c>[c, h, w]</c> of a sample that is an image; null for points and rows of a table, whose shape is
    /// <c>[d]</c>.</summary>
    public IReadOnlyList<int>? ImageLengths { get; init; }

    /// <summary>A name for each coordinate, <c>[d]</c>, or null where they have none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What is subtracted from each coordinate, <c>[d]</c>; null means 0.</summary>
    public IReadOnlyList<double>? Shift { get; init; }

    /// <summary>What each coordinate is divided by, <c>[d]</c>, positive; null means 1.</summary>
    public IReadOnlyList<double>? Scale { get; init; }

    /// <summary>Gets the columns of the table that are always the same, or null where there are none.</summary>
    public IReadOnlyList<ConstantColumn>? Constants { get; init; }

    /// <summary>Gets how the rows of a table with columns of any type become samples; null for points and images. A model of such a table
    /// has no <see cref="Columns"/>, units or constants of its own.</summary>
    public TableSpec? Table { get; init; }

    /// <summary>Gets the shape of a sample.</summary>
    public SampleShape Shape => ImageLengths is null ? SampleShape.Vector(Dimension) : SampleShape.FromLengths(ImageLengths);

    /// <summary>Gets the number D of columns of the table: those that are learned, and the constants.</summary>
    public int Width => Dimension + (Constants?.Count ?? 0);

    /// <summary>Gets whether data are in other units than the network, or have columns that it does not see.</summary>
    public bool HasUnits => Shift is not null || Scale is not null || Constants is not null || Table is not null;

    /// <summary>Returns the name and the shape of a sample, even of data that break a rule.</summary>
    public override string ToString()
        => $"{Name} [{string.Join(", ", (ImageLengths ?? [Dimension]).Select(length => Invariant($"{length}")))}]";

    /// <summary>Refuses a table whose rows are no points.</summary>
    /// <exception cref="DiffusionException">The table has columns that are not plain numbers.</exception>
    internal void RequirePoints()
    {
        if (Table is not null)
        {
            throw NotPoints();
        }
    }

    /// <summary>Creates the exception for a table that is taken for points.</summary>
    internal DiffusionException NotPoints()
        => new($"'{Name}' is the model of a table, whose rows are not points. Sample it as a table.");

    /// <summary>Finds where the learned columns lie in the table.</summary>
    /// <returns>The position of each coordinate, from 0, <c>[d]</c>.</returns>
    public int[] LearnedPositions()
        => [.. Enumerable.Range(0, Width).Where(position => Constants?.Any(constant => constant.Position == position) != true)];

    /// <summary>Lists the names of all columns of the table, constants among them.</summary>
    /// <returns>The names, <c>[D]</c>, or null where they have none.</returns>
    public IReadOnlyList<string>? TableColumns()
    {
        if (Columns is null || Constants is null)
        {
            return Columns;
        }

        int[] learned = LearnedPositions();
        string[] names = new string[Width];
        for (int k = 0; k < learned.Length; k++)
        {
            names[learned[k]] = Columns[k];
        }

        foreach (ConstantColumn constant in Constants)
        {
            names[constant.Position] = constant.Name!;
        }

        return names;
    }
}
