using Diffusion.Tables;

namespace Diffusion.Data.Tables;

/// <summary>How to read a table of numbers, dates and text from a file.</summary>
public sealed record TableFileOptions
{
    /// <summary>Gets the texts that stand for missing cells unless somebody says otherwise.</summary>
    public static IReadOnlyList<string> UsualMissingTexts { get; } =
    [
        "", "NA", "Na", "na", "N/A", "N/a", "n/a", "#N/A", "NaN", "NAN", "Nan", "nan", "NULL", "Null", "null", "None", "?",
    ];

    /// <summary>Gets the columns to read; by default all.</summary>
    public ColumnChoice Columns { get; init; } = ColumnChoice.All;

    /// <summary>Gets the columns that are not read, by name, by number, or from one number to another; none by default.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Gets whether the first line is the header; null, the default, decides by the whole file.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// Gets what columns are, by name or by number, instead of what their cells look like: numbers and dates must be such; identifiers and
    /// free text are read as text; a category is read as what its cells look like.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Gets the texts that stand for missing cells, exactly as they are written; by default
    /// <see cref="UsualMissingTexts"/>.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = UsualMissingTexts;

    /// <summary>Gets what the caller calls <see cref="Columns"/>, so that messages can say what to enter; null for a caller without such an
    /// option.</summary>
    public string? ColumnsOption { get; init; }

    /// <summary>Gets what the caller calls <see cref="Except"/>; null for a caller without such an option.</summary>
    public string? ExceptOption { get; init; }

    /// <summary>Gets what the caller calls <see cref="HasHeader"/>, set to yes or no; null for a caller without such an option.</summary>
    public string? HeaderOption { get; init; }

    /// <summary>Gets what the caller calls <see cref="Types"/>; null for a caller without such an option.</summary>
    public string? TypesOption { get; init; }

    /// <summary>Whether a first line is a header because of the names that were asked for.</summary>
    internal bool IsNamedIn(IReadOnlyList<string> words)
        => Columns.IsNamedIn(words) || ColumnChoice.Of([.. Except, .. Types.Keys]).IsNamedIn(words);
}
