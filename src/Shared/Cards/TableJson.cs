using System.Text.Json.Serialization;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Cards;

/// <summary>The key <c>table</c> of the entry <c>diffusion.data</c>: columns of any type, as they are written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TableJson
{
    public bool Header { get; init; } = true;

    public required IReadOnlyList<ColumnJson> Columns { get; init; }

    /// <summary>Describes a table.</summary>
    public static TableJson From(TableSpec table)
        => new() { Header = table.HasHeader, Columns = [.. table.Columns.Select(ColumnJson.From)] };

    /// <summary>Returns the table described.</summary>
    /// <param name="place">What to call the key in messages.</param>
    /// <exception cref="DiffusionException">A column is damaged, or does not fit the others.</exception>
    public TableSpec ToSpec(string place)
        => new() { HasHeader = Header, Columns = [.. Columns.Select((column, k) => column.ToSpec(Invariant($"{place}, column {k + 1}")))] };
}

/// <summary>A column of <see cref="TableJson"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ColumnJson
{
    private const string Number = "number";
    private const string Category = "category";

    public required string Name { get; init; }

    public required string Type { get; init; }

    public FormatJson? Format { get; init; }

    public int? Decimals { get; init; }

    public IReadOnlyList<double>? Z { get; init; }

    public IReadOnlyList<double>? Values { get; init; }

    public IReadOnlyList<string>? Texts { get; init; }

    public IReadOnlyList<long>? Counts { get; init; }

    public long? Count { get; init; }

    public long MissingCount { get; init; }

    public string MissingText { get; init; } = "";

    /// <summary>Gets the column that the numbers are counted from.</summary>
    public string? Base { get; init; }

    public double? Least { get; init; }

    public double? Greatest { get; init; }

    /// <summary>Gets the column that this one follows from.</summary>
    public string? Source { get; init; }

    public IReadOnlyList<int>? Map { get; init; }

    public static ColumnJson From(ColumnSpec column) => column switch
    {
        NumberColumnSpec number => Start(column, Number) with
        {
            Format = FormatJson.From(number.Format),
            Decimals = number.Decimals,
            Z = number.Z,
            Values = number.Values,
            Count = number.Count,
            Base = number.Base,
            Least = number.Least,
            Greatest = number.Greatest,
        },
        CategoryColumnSpec category => Start(column, Category) with
        {
            Format = category.Format is { } format ? FormatJson.From(format) : null,
            Values = category.Numbers,
            Texts = category.Texts,
            Counts = category.Counts,
            Source = category.Source,
            Map = category.Map,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "There is no such kind of column."),
    };

    public ColumnSpec ToSpec(string place) => Type switch
    {
        Number => new NumberColumnSpec
        {
            Name = Name,
            MissingText = MissingText,
            MissingCount = MissingCount,
            Format = Require(Format, "format", place).ToFormat(place),
            Decimals = Decimals,
            Z = Require(Z, "z", place),
            Values = Require(Values, "values", place),
            Count = Count ?? throw Missing("count", place),
            Base = Base,
            Least = Least,
            Greatest = Greatest,
        },
        Category => new CategoryColumnSpec
        {
            Name = Name,
            MissingText = MissingText,
            MissingCount = MissingCount,
            Format = Format?.ToFormat(place),
            Numbers = Values,
            Texts = Texts,
            Counts = Require(Counts, "counts", place),
            Source = Source,
            Map = Map,
        },
        _ => throw new DiffusionException($"{place}: the type '{Type}' is not supported; expected {Number} or {Category}."),
    };

    private static ColumnJson Start(ColumnSpec column, string type)
        => new() { Name = column.Name, Type = type, MissingCount = column.MissingCount, MissingText = column.MissingText };

    private static T Require<T>(T? value, string key, string place)
        where T : class
        => value ?? throw Missing(key, place);

    private static DiffusionException Missing(string key, string place) => new($"{place}: the key '{key}' is missing.");
}

/// <summary>How the numbers of a column stand in a file.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FormatJson
{
    /// <summary>Gets the pattern of dates and times; null for numbers, to which all other keys belong.</summary>
    public string? Pattern { get; init; }

    public int? Places { get; init; }

    public bool? Padded { get; init; }

    public string? Prefix { get; init; }

    public string? Suffix { get; init; }

    public char? Separator { get; init; }

    public char? GroupSeparator { get; init; }

    public static FormatJson From(CellFormat format) => format switch
    {
        TimeFormat time => new FormatJson { Pattern = time.Pattern },
        DecimalFormat number => new FormatJson
        {
            Places = number.Places,
            Padded = number.IsPadded ? true : null,
            Prefix = number.Prefix.Length > 0 ? number.Prefix : null,
            Suffix = number.Suffix.Length > 0 ? number.Suffix : null,
            Separator = number.Separator == '.' ? null : number.Separator,
            GroupSeparator = number.GroupSeparator,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such kind of format."),
    };

    public CellFormat ToFormat(string place)
    {
        if (Pattern is not null)
        {
            return TimeFormat.IsPattern(Pattern)
                ? new TimeFormat(Pattern)
                : throw new DiffusionException($"{place}: '{Pattern}' is no pattern of dates or times.");
        }

        if (Places is < 0 or > DecimalFormat.MostDecimals)
        {
            throw new DiffusionException($"{place}: the places must be between 0 and {DecimalFormat.MostDecimals}; was {Places}.");
        }

        return new DecimalFormat
        {
            Places = Places,
            IsPadded = Padded ?? false,
            Prefix = Prefix ?? "",
            Suffix = Suffix ?? "",
            Separator = Separator ?? '.',
            GroupSeparator = GroupSeparator,
        };
    }
}
