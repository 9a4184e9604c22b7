
namespace Diffusion.Data.Tables;

/// <summary>How to read a table from a file.</summary>
public sealed class TableReading
{
    /// <summary>Gets the columns to read; by default all.</summary>
    public ColumnChoice Columns { get; init; } = ColumnChoice.All;

    /// <summary>Gets whether the first line of a .csv file is its header; null, the default, decides by the whole file.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Gets what the caller calls <see cref="Columns"/>, so that messages can say what to enter; null for a caller without such an
    /// option.</summary>
    public string? ColumnsOption { get; init; }

    /// <summary>Gets what the caller calls <see cref="HasHeader"/>, set to yes or no; null for a caller without such an option.</summary>
    public string? HeaderOption { get; init; }

    /// <summary>Gets whether numbers in the first line can be names of columns, such as years. Points are written without names, and are
    /// read back as they were.</summary>
    internal bool NumbersCanBeNames { get; init; } = true;

    /// <summary>Gets whether NaN in a .npy file stands for a missing cell; otherwise it is refused.</summary>
    internal bool AllowsMissing { get; init; }
}
