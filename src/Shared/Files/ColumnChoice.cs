using System.Globalization;
using Diffusion.Models;

namespace Diffusion.Files;

/// <summary>Which columns of a file are read, and in which order.</summary>
public sealed class ColumnChoice
{
    private readonly IReadOnlyList<string>? _columns;
    private readonly bool _isRequired;

    private ColumnChoice(IReadOnlyList<string>? columns, bool isRequired)
    {
        _columns = columns;
        _isRequired = isRequired;
    }

    /// <summary>All columns.</summary>
    public static ColumnChoice All { get; } = new(null, isRequired: false);

    /// <summary>Columns by name, or by number from 1; a file without them is refused.</summary>
    public static ColumnChoice Of(IReadOnlyList<string> columns) => new(columns, isRequired: true);

    /// <summary>The columns that a model was trained on, where the file names them; all columns where it does not.</summary>
    public static ColumnChoice Of(DataInfo data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Columns, isRequired: false);
    }

    /// <summary>Whether a first line that could be data is a header, because it has a name that was asked for.</summary>
    internal bool IsNamedIn(IEnumerable<string> fields)
        => _columns is not null && fields.Any(field => !IsNumber(field, out _) && _columns.Contains(field));

    /// <summary>The positions of the columns in the file, from 0.</summary>
    /// <param name="header">The names of the columns, or null where they have none.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DiffusionException">A column is not there, or there are two of its name.</exception>
    internal int[] Resolve(IReadOnlyList<string>? header, int count, string path)
        => _columns is null || (!_isRequired && (header is null || !_columns.Any(header.Contains)))
            ? [.. Enumerable.Range(0, count)]
            : [.. _columns.Select(column => Find(column, header, count, path))];

    private static int Find(string column, IReadOnlyList<string>? header, int count, string path)
    {
        int[] named = [.. Enumerable.Range(0, header?.Count ?? 0).Where(k => header![k] == column)];
        if (named.Length > 1)
        {
            throw new DiffusionException($"'{path}' has {named.Length} columns called '{column}'. Choose by number, from 1 to {count}.");
        }

        if (named.Length == 1)
        {
            return named[0];
        }

        if (IsNumber(column, out int number) && number >= 1 && number <= count)
        {
            return number - 1;
        }

        string names = header is null ? Invariant($"They have no names; choose by number, from 1 to {count}.") : $"There are: {string.Join(", ", header)}.";
        throw new DiffusionException($"'{path}' has no column '{column}'. {names}");
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
