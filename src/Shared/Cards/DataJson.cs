using System.Text.Json.Serialization;
using Diffusion.Codecs;
using Diffusion.Samples;

namespace Diffusion.Cards;

/// <summary>The entry <c>diffusion.data</c> of a card, as it is written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DataJson
{
    private const string Points = "points";
    private const string Table = "table";
    private const string Image = "image";
    private const int ImageAxes = 3;

    /// <summary>Gets "points", "table" or "image"; null in version 1.</summary>
    public string? Kind { get; init; }

    public required string Name { get; init; }

    public string? File { get; init; }

    public string? FileSha256 { get; init; }

    /// <summary>Gets the lengths of a sample, <c>[d]</c> or <c>[c, h, w]</c>; null in version 1.</summary>
    public IReadOnlyList<int>? Shape { get; init; }

    /// <summary>Gets the number d of coordinates; version 1 alone has it.</summary>
    public int? Dimension { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }

    public IReadOnlyList<double>? Shift { get; init; }

    public IReadOnlyList<double>? Scale { get; init; }

    public IReadOnlyList<ConstantColumn>? Constants { get; init; }

    /// <summary>Gets the columns of a table of any type; null for a table of plain numbers.</summary>
    [JsonPropertyName("table")]
    public TableJson? Typed { get; init; }

    /// <summary>Describes data.</summary>
    public static DataJson From(DataInfo data) => new()
    {
        Kind = data.ImageLengths is not null ? Image : data.File is not null || data.Columns is not null || data.HasUnits ? Table : Points,
        Name = data.Name,
        File = data.File,
        FileSha256 = data.FileSha256,
        Shape = data.ImageLengths ?? [data.Dimension],
        Columns = data.Columns,
        Shift = data.Shift,
        Scale = data.Scale,
        Constants = data.Constants,
        Typed = data.Table is { } table ? TableJson.From(table) : null,
    };

    /// <summary>Returns the data described.</summary>
    /// <param name="version">The version of the card.</param>
    /// <param name="place">What to call the entry in messages.</param>
    /// <exception cref="DiffusionException">A key is missing or unknown, or has a value that is not supported.</exception>
    public DataInfo ToData(int version, string place)
    {
        string? foreign = version > 1
            ? Dimension is null ? null : "dimension"
            : Kind is not null ? "kind" : Shape is not null ? "shape" : null;
        if (foreign is not null)
        {
            throw new DiffusionException($"{place}: version {version} has no key '{foreign}'.");
        }

        if (version == 1)
        {
            int dimension = Dimension ?? throw new DiffusionException($"{place}: the key 'dimension' is missing.");
            return ToData(dimension, imageLengths: null, place);
        }

        if (Kind is not (Points or Table or Image))
        {
            throw new DiffusionException($"{place}: the kind '{Kind}' is not supported; expected {Points}, {Table} or {Image}.");
        }

        int axes = Kind == Image ? ImageAxes : 1;
        if (Shape?.Count != axes)
        {
            throw new DiffusionException($"{place}: the shape of {Kind} must have {axes} lengths; found {Shape?.Count ?? 0}.");
        }

        try
        {
            return Kind == Image ? ToData(SampleShape.FromLengths(Shape).Size, Shape, place) : ToData(Shape[0], imageLengths: null, place);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"{place}: {exception.Message}", exception);
        }
    }

    private DataInfo ToData(int dimension, IReadOnlyList<int>? imageLengths, string place) => new()
    {
        Name = Name,
        File = File,
        FileSha256 = FileSha256,
        Dimension = dimension,
        ImageLengths = imageLengths,
        Columns = Columns,
        Shift = Shift,
        Scale = Scale,
        Constants = Constants,
        Table = Typed?.ToSpec($"{place}, table"),
    };
}
