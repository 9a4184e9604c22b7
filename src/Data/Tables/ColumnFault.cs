namespace Diffusion.Data.Tables;

/// <summary>A column that cannot be read.</summary>
/// <param name="Column">Its name, or its number from 1.</param>
/// <param name="Place">Where its first cell that is no number stands, such as "line 3".</param>
/// <param name="Cell">What stands there; empty for an empty cell.</param>
/// <param name="Count">How many of its cells are no numbers.</param>
internal sealed record ColumnFault(string Column, string Place, string Cell, long Count)
{
    /// <summary>Longer cells lose their middle in messages.</summary>
    private const int LongestCell = 60;

    private string Quoted => $"'{PlainText.Of(Cell, LongestCell)}'";

    /// <summary>Says what is wrong with a file, all at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">The columns that cannot be read, at least one.</param>
    /// <param name="advice">What to do about it, or nothing.</param>
    public static DiffusionException Describe(string path, IReadOnlyList<ColumnFault> faults, string advice)
        => new(faults is [ColumnFault only]
            ? $"'{path}', {only.Place}, column {only.Column}: expected a finite number; {only.Sentence}{only.More}{advice}"
            : Invariant($"'{path}': {faults.Count} columns have cells that are not finite numbers: ")
                + $"{string.Join("; ", faults.Select(fault => fault.Phrase))}.{advice}");

    private string Sentence => Cell.Length == 0 ? "the cell is empty. Fill it in or remove the line." : $"found {Quoted}.";

    private string More => Count > 1 ? FormattableString.Invariant($" {Count} cells of this column are not finite numbers.") : "";

    private string Phrase => FormattableString.Invariant(
        $"{Column} ({Place}: {(Cell.Length == 0 ? "empty" : Quoted)}; {Count} {(Count == 1 ? "cell" : "cells")})");
}
