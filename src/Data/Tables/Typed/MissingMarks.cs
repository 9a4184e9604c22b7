namespace Diffusion.Data.Tables.Typed;

/// <summary>The texts that stand for missing cells.</summary>
internal sealed class MissingMarks
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _positions;
    private readonly int _longest;

    /// <param name="texts">The texts.</param>
    public MissingMarks(IEnumerable<string> texts)
    {
        Texts = [.. texts.Distinct()];
        _positions = Texts.Select((text, k) => (text, k)).ToDictionary(pair => pair.text, pair => pair.k, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = Texts.Select(text => text.Length).DefaultIfEmpty(-1).Max();
    }

    /// <summary>Gets the texts, no two the same.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Whether a cell is missing.</summary>
    /// <param name="cell">The cell, without white space around it.</param>
    public bool Contains(ReadOnlySpan<char> cell) => Find(cell) >= 0;

    /// <summary>Returns the position of a cell among the texts, or −1 where it is not missing.</summary>
    /// <param name="cell">The cell, without white space around it.</param>
    public int Find(ReadOnlySpan<char> cell) => cell.Length <= _longest && _positions.TryGetValue(cell, out int position) ? position : -1;
}
