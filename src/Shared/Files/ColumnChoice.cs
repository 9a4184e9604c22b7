using System.Globalization;
using Diffusion.Models;

namespace Diffusion.Files;

/// <summary>Which columns of a file are read, and in which order.</summary>
public sealed class ColumnChoice
{
    private readonly IReadOnlyList<string>? _columns;
    private readonly DataInfo? _data;

    private ColumnChoice(IReadOnlyList<string>? columns, DataInfo? data)
    {
        _columns = columns;
        _data = data;
    }

    /// <summary>All columns.</summary>
    public static ColumnChoice All { get; } = new(null, data: null);

    /// <summary>Whether nothing was chosen.</summary>
    internal bool IsAll => _columns is null && _data is null;

    /// <summary>Whether numbers can be the names of columns; not where a model knows that they have none.</summary>
    internal bool AllowsNumericNames => _data is null || _columns is not null;

    /// <summary>Columns by name, or by number from 1; a file without them is refused.</summary>
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

    /// <summary>Whether a first line is a header because of the names that were asked for: one that is no number, or all of a
    /// model's.</summary>
    internal bool IsNamedIn(IReadOnlyList<string> fields)
        => _columns is not null
            && (fields.Any(field => !IsNumber(field, out _) && _columns.Contains(field))
                || (_data is null
                    ? _columns.Any(column => fields.Contains(column) && IsNoPosition(column, fields.Count))
                    : _columns.All(fields.Contains)));

    /// <summary>The positions of the columns in the file, from 0.</summary>
    /// <param name="header">The names of the columns, or null where they have none.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DiffusionException">A column is not there.</exception>
    internal int[] Resolve(IReadOnlyList<string>? header, int count, string path)
    {
        if (_columns is not null && (_data is null || (header is not null && _columns.Any(header.Contains))))
        {
            return [.. _columns.Select(column => Find(column, header, count, path))];
        }

        return _data is { Constants: not null } && count == _data.Width ? _data.LearnedPositions() : [.. Enumerable.Range(0, count)];
    }

    private static int Find(string column, IReadOnlyList<string>? header, int count, string path)
    {
        int[] named = [.. Enumerable.Range(0, header?.Count ?? 0).Where(k => header![k] == column)];
        if (named.Length > 0)
        {
            return named[0];
        }

        if (IsNumber(column, out int number) && number >= 1 && number <= count)
        {
            return number - 1;
        }

        string names = header is null
            ? Invariant($"The columns have no names; choose a number between 1 and {count}.")
            : $"The columns are: {string.Join(", ", header)}.";
        throw new DiffusionException($"'{path}' has no column '{column}'. {names}");
    }

    private static bool IsNoPosition(string column, int count) => IsNumber(column, out int number) && number > count;

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
