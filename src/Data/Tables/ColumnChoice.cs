using System.Globalization;
using System.Text;
using Diffusion.Codecs;

namespace Diffusion.Data.Tables;

/// <summary>Which columns of a file are read, and in which order.</summary>
public sealed class ColumnChoice
{
    private const char RangeMark = '-';

    private readonly IReadOnlyList<string>? _columns;
    private readonly DataInfo? _data;

    private ColumnChoice(IReadOnlyList<string>? columns, DataInfo? data)
    {
        _columns = columns;
        _data = data;
    }

    /// <summary>All columns.</summary>
    public static ColumnChoice All { get; } = new(null, data: null);

    /// <summary>Columns by name, by number from 1, or from one number to another, such as "2-5"; a file without them is refused.</summary>
    public static ColumnChoice Of(IReadOnlyList<string> columns) => new(columns, data: null);

    /// <summary>
    /// The columns that a model has learned, by name where the file has their names. Where it has not, all columns, without those at the
    /// positions of the model's constants if the file is as wide as the model's table.
    /// </summary>
    public static ColumnChoice Of(DataInfo data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Columns, data);
    }

    /// <summary>Whether a first line is a header because of the names that were asked for: one of a user's that cannot be the number of a
    /// column; one of a model's that is a text, or all of them, as numbers may be data as well.</summary>
    internal bool IsNamedIn(IReadOnlyList<string> fields)
        => _columns is not null
            && (_data is null
                ? _columns.Any(column => fields.Contains(column) && !IsNumber(column, fields.Count, out _))
                : _columns.Any(column => fields.Contains(column) && IsText(column)) || _columns.All(fields.Contains));

    /// <summary>Whether a first column that only counts the rows is left out: where all columns are read, and where a model does not know
    /// it and the others are as many as it has learned, or as its table has.</summary>
    /// <param name="name">What the column is called.</param>
    /// <param name="count">The number of columns, this one included.</param>
    internal bool LeavesOutRowNumbers(string name, int count)
        => _data is null
            ? _columns is null
            : _columns?.Contains(name) != true && (count == _data.Width + 1 || count == _data.Dimension + 1);

    /// <summary>The positions of the columns in the file, from 0.</summary>
    /// <param name="header">The names of the columns, or null where they have none.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="option">What the caller calls the choice, for messages; null for a caller that need not be told.</param>
    /// <exception cref="DiffusionException">A column is not there; the message names all that are not.</exception>
    internal int[] Resolve(IReadOnlyList<string>? header, int count, string path, string? option = null)
    {
        if (_columns is null || (_data is not null && (header is null || !_columns.Any(header.Contains))))
        {
            return _data is { Constants: not null } && count == _data.Width ? _data.LearnedPositions() : [.. Enumerable.Range(0, count)];
        }

        int[][] found = [.. _columns.Select(column => Find(column, header, count))];
        string[] unknown = [.. _columns.Where((_, k) => found[k].Length == 0).Select(column => $"'{column}'")];
        if (unknown.Length == 0)
        {
            return [.. found.SelectMany(positions => positions)];
        }

        string names = header is null
            ? Invariant($"The columns have no names; choose a number between 1 and {count}.")
            : $"The columns are: {string.Join(", ", header)}.";
        throw new DiffusionException(
            $"'{path}' has no column{(unknown.Length > 1 ? "s" : "")} {string.Join(", ", unknown)}"
                + $"{(option is null ? "" : $", as {option} asks for")}. {names}");
    }

    /// <summary>The positions that a word stands for; none where it stands for no column.</summary>
    private int[] Find(string column, IReadOnlyList<string>? header, int count)
    {
        int named = Enumerable.Range(0, header?.Count ?? 0).FirstOrDefault(k => header![k] == column, -1);
        if (named >= 0)
        {
            return [named];
        }

        // A number that is the name of a model's column is not the position of another.
        if (_data is not null)
        {
            return [];
        }

        string[] ends = column.Split(RangeMark);
        return ends is [_] or [_, _] && IsNumber(ends[0], count, out int first) && IsNumber(ends[^1], count, out int last)
            && first >= 1 && first <= last
                ? [.. Enumerable.Range(first - 1, last - first + 1)]
                : [];
    }

    /// <summary>Whether a word is a whole number that is not larger than the number of columns.</summary>
    private static bool IsNumber(string word, int count, out int number)
        => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= count;

    /// <summary>Whether a word is neither a number nor stands for a missing one.</summary>
    private static bool IsText(string word) => CsvCell.Parse(Encoding.UTF8.GetBytes(word)).Kind == CsvCellKind.Text;
}
