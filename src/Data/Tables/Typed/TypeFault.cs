using Diffusion.Data.Tables.Typed.Formats;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>A column that does not have the type asked for.</summary>
/// <param name="column">The column.</param>
internal sealed class TypeFault(ColumnRequest column)
{
    /// <summary>Longer cells lose their middle in messages.</summary>
    private const int LongestCell = 60;

    private readonly NumberGuess? _numbers = column.Asked == ColumnType.Number ? new() : null;
    private readonly TimeGuess? _times = column.Asked == ColumnType.Date ? new() : null;
    private long _count;
    private (string Cell, long Line)? _first;

    private string Phrase => FormattableString.Invariant(
        $"{column.Name} ({column.Asked.ToString()!.ToLowerInvariant()}): {_count} {(_count == 1 ? "cell" : "cells")}, ")
        + FormattableString.Invariant($"first '{PlainText.Of(_first!.Value.Cell, LongestCell)}' in line {_first.Value.Line}");

    /// <summary>Goes through a file once more, and says which cells do not have the format that the others have.</summary>
    /// <param name="source">The file.</param>
    /// <param name="hasHeader">Whether its first line is the header.</param>
    /// <param name="marks">The texts of missing cells.</param>
    /// <param name="columns">The columns, at least one.</param>
    /// <param name="option">What the caller calls the types, or null.</param>
    public static DiffusionException Describe(
        CsvSource source, bool hasHeader, MissingMarks marks, IReadOnlyList<ColumnRequest> columns, string? option)
    {
        TypeFault[] faults = [.. columns.Select(column => new TypeFault(column))];
        CellBuffer buffer = new();
        bool isHeader = hasHeader;
        source.Read(csv =>
        {
            for (; CsvSource.Next(csv, source.Path); isHeader = false)
            {
                for (int k = 0; k < faults.Length && !isHeader; k++)
                {
                    ReadOnlySpan<char> cell = buffer.Read(csv, columns[k].Position).Trim();
                    if (!marks.Contains(cell))
                    {
                        faults[k].Add(cell, csv.LineNumber);
                    }
                }
            }
        });
        string fault = faults.Length == 1 ? "1 column does" : Invariant($"{faults.Length} columns do");
        return new DiffusionException(
            $"'{source.Path}': {fault} not have the type asked for: {string.Join("; ", faults.Select(fault => fault.Phrase))}. "
                + $"Correct these cells, or ask for another type{(option is null ? "" : $" with {option}")}.");
    }

    private void Add(ReadOnlySpan<char> cell, long line)
    {
        if (_numbers?.TryAdd(cell) != true && _times?.TryAdd(cell) != true)
        {
            _count++;
            _first ??= (cell.ToString(), line);
        }
    }
}
