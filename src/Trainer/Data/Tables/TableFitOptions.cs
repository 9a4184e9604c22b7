using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>How the columns of a table are treated where their cells do not say it.</summary>
public sealed record TableFitOptions
{
    /// <summary>The smallest number of rows that a text must occur in by default.</summary>
    public const int UsualMinCount = 3;

    /// <summary>Gets the types of columns, by their names; those of other columns are found.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Gets the number of rows that a text must occur in to be learned, at least 1; 3 by default. Cells with rarer texts are
    /// treated as unknown, and samples have none of these texts.</summary>
    public int MinCount
    {
        get;
        init => field = OptionRange.Require(value, value >= 1, "number of rows that a text must occur in", "at least 1");
    }
        = UsualMinCount;

    /// <summary>Gets the name of a column that is learned even where it follows from another one; null for none.</summary>
    public string? Target { get; init; }
}
