using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Training.Data.Tables;

namespace Diffusion.Training.Data;

/// <summary>Which data to train on.</summary>
/// <param name="Name">The name of a data set, or a .csv or .npy file.</param>
public sealed record DataRequest(string Name)
{
    /// <summary>The share of a file's rows that is held out where nothing is said.</summary>
    public const double DefaultHoldOut = 0.1;

    /// <summary>The largest share that may be held out.</summary>
    public const double LargestHoldOut = 0.5;

    /// <summary>For a data set: train on that many fixed points rather than on fresh ones; null means fresh ones.</summary>
    public int? Points { get; init; }

    /// <summary>For a file: the columns to read; null means all.</summary>
    public ColumnChoice? Columns { get; init; }

    /// <summary>For a .csv file: whether its first line is its header; null decides by the whole file.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Gets what the caller calls <see cref="Columns"/>, for messages; null for a caller without such an option.</summary>
    public string? ColumnsOption { get; init; }

    /// <summary>Gets what the caller calls <see cref="HasHeader"/>, for messages; null for a caller without such an option.</summary>
    public string? HeaderOption { get; init; }

    /// <summary>The share of the points that is held out, from 0 to 0.5; null means 0.1 for a file and 0 for a data set.</summary>
    public double? HoldOut { get; init; }

    /// <summary>The seed of fixed points and of the choice of those held out.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets a value indicating whether the rows of a file are taken as points, all of whose columns are numbers, each given mean 0
    /// and deviation 1; otherwise, as by default, they are rows of a table with columns of any type.</summary>
    public bool AsPoints { get; init; }

    /// <summary>For a table: the columns that are left out, by name or by number from 1; none by default.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>For a table: the types of columns, by name or by number from 1; those of other columns are found.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>For a table: the texts of missing cells beside the usual ones; none by default.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = [];

    /// <summary>For a table: the number of rows that a text must occur in to be learned, at least 1.</summary>
    public int MinCount { get; init; } = TableFitOptions.UsualMinCount;

    /// <summary>For a table: a column that is learned even where it follows from another one; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>Gets what the caller calls <see cref="Except"/>, for messages; null for a caller without such an option.</summary>
    public string? ExceptOption { get; init; }

    /// <summary>Gets what the caller calls <see cref="Types"/>, for messages; null for a caller without such an option.</summary>
    public string? TypesOption { get; init; }

    /// <summary>Whether <see cref="Name"/> is that of a file.</summary>
    public bool IsFile => AsPoints ? PointFile.IsPointFile(Name) : TableFile.IsTableFile(Name);

    /// <summary>Whether <see cref="Name"/> is that of a file whose rows are those of a table.</summary>
    public bool IsTable => !AsPoints && IsFile;

    /// <summary>Refuses what contradicts itself.</summary>
    /// <exception cref="DiffusionException">An option is out of range or does not fit the data.</exception>
    public void Validate()
    {
        if (HoldOut is not null and not (>= 0 and <= LargestHoldOut))
        {
            throw new DiffusionException($"The hold-out share must be between 0 and {LargestHoldOut}; was {HoldOut}.");
        }

        if (IsFile && Points is not null)
        {
            throw new DiffusionException("A number of points applies to built-in data sets; of a file, all rows are used.");
        }

        if (!IsFile && Columns is not null)
        {
            throw new DiffusionException("A choice of columns applies to files, not to built-in data sets.");
        }

        if (!IsTable && (Except.Count > 0 || Types.Count > 0 || MissingTexts.Count > 0 || Target is not null))
        {
            throw new DiffusionException(
                "Types of columns, columns to leave out, missing cells and a target "
                    + "apply to tables, not to points and built-in data sets.");
        }

        if (!IsFile && HasHeader is not null)
        {
            throw new DiffusionException("A choice of a header applies to files, not to built-in data sets.");
        }

        if (!IsFile && Points is null && HoldOut is > 0)
        {
            throw new DiffusionException(
                "Every batch of a built-in data set has new points, so no points are held out. Set a number of points, or hold none out.");
        }
    }

    /// <summary>Returns how the file of a table is read.</summary>
    internal TableFileOptions ToTableOptions() => new()
    {
        Columns = Columns ?? ColumnChoice.All,
        Except = Except,
        HasHeader = HasHeader,
        Types = Types,
        MissingTexts = [.. TableFileOptions.UsualMissingTexts, .. MissingTexts],
        ColumnsOption = ColumnsOption,
        ExceptOption = ExceptOption,
        TypesOption = TypesOption,
        HeaderOption = HeaderOption,
    };
}
