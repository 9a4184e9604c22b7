using Diffusion.Data.Tables.Typed.Formats;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>A column that does not have the type asked for.</summary>
/// <param name="column">The column.</param>
/// <param name="placeName">What is counted to say where a cell stands: line or row.</param>
internal sealed class TypeFault(ColumnRequest column, string placeName)
{
    /// <summary>Longer cells lose their middle in messages.</summary>
    private const int LongestCell = 60;

    private readonly NumberGuess? _numbers = column.Asked == ColumnType.Number ? new() : null;
    private readonly TimeGuess? _times = column.Asked == ColumnType.Date ? new() : null;
    private long _count;
    private (string Cell, long Place)? _first;

    private string Phrase => FormattableString.Invariant(
        $"{column.Name} ({column.Asked.ToString()!.ToLowerInvariant()}): {_count} {(_count == 1 ? "cell" : "cells")}, ")
        + FormattableString.Invariant($"first '{PlainText.Of(_first!.Value.Cell, LongestCell)}' in {placeName} {_first.Value.Place}");

    /// <summary>Goes through a text file once more, and says which cells do not have the format that the others have.</summary>
    /// <param name="source">The file.</param>
    /// <param name="hasHeader">Whether its first line is the header.</param>
    /// <param name="marks">The texts of missing cells.</param>
    /// <param name="columns">The columns, at least one.</param>
    /// <param name="option">What the caller calls the types, or null.</param>
    public static DiffusionException Describe(
        CsvSource source, bool hasHeader, MissingMarks marks, IReadOnlyList<ColumnRequest> columns, string? option)
    {
        TypeFault[] faults = [.. columns.Select(column => new TypeFault(column, "line"))];
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
        return Describe(source.Path, faults, option);
    }

    /// <summary>Says which cells do not have the format that the others have.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">The columns, at least one.</param>
    /// <param name="option">What the caller calls the types, or null.</param>
    public static DiffusionException Describe(string path, IReadOnlyList<TypeFault> faults, string? option)
    {
        string fault = faults.Count == 1 ? "1 column does" : Invariant($"{faults.Count} columns do");
        return new DiffusionException(
            $"'{path}': {fault} not have the type asked for: {string.Join("; ", faults.Select(fault => fault.Phrase))}. "
                + $"Correct these cells, or ask for another type{(option is null ? "" : $" with {option}")}.");
    }

    /// <summary>Adds a cell that is not missing.</summary>
    /// <param name="cell">The cell, without white space around it.</param>
    /// <param name="place">The number of its line or row.</param>
    public void Add(ReadOnlySpan<char> cell, long place)
    {
        if (_numbers?.TryAdd(cell) != true && _times?.TryAdd(cell) != true)
        {
            _count++;
            _first ??= (cell.ToString(), place);
        }
    }
}
