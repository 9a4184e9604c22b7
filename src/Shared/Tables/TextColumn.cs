namespace Diffusion.Tables;

/// <summary>A column of text. Equal cells share one string.</summary>
public sealed class TextColumn : TableColumn
{
    /// <summary>The code of a missing cell.</summary>
    public const int Missing = -1;

    private readonly int[] _codes;

    /// <summary>Wraps arrays without copying them.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="codes">The position of each cell's text in <paramref name="values"/>, <c>[n]</c>; −1 where a cell is missing.</param>
    /// <param name="values">The different texts.</param>
    /// <exception cref="ArgumentException">A code is no position.</exception>
    public TextColumn(string name, int[] codes, IReadOnlyList<string> values)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(values);
        if (Array.Exists(codes, code => code < Missing || code >= values.Count))
        {
            throw new ArgumentException(Invariant($"A code must be between -1 and {values.Count - 1}."), nameof(codes));
        }

        (_codes, Values) = (codes, values);
    }

    /// <summary>Gets the position of each cell's text in <see cref="Values"/>, <c>[n]</c>; −1 where a cell is missing.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>Gets the different texts.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Gets the text of a cell, or null where it is missing.</summary>
    /// <param name="row">The number of the row, from 0.</param>
    public string? this[int row] => IsMissing(row) ? null : Values[_codes[row]];

    /// <inheritdoc/>
    public override int Count => _codes.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _codes[row] == Missing;

    /// <inheritdoc/>
    public override string GetText(int row) => this[row] ?? MissingText;

    /// <inheritdoc/>
    public override TextColumn SelectRows(ReadOnlySpan<int> rows)
        => new(Name, Pick<int>(_codes, rows), Values) { MissingText = MissingText };

    /// <inheritdoc/>
    internal override TextColumn Append(IReadOnlyList<TableColumn> others)
        => new(Name, [.. _codes, .. others.SelectMany(other => ((TextColumn)other)._codes)], Values) { MissingText = MissingText };

    /// <inheritdoc/>
    internal override TextColumn OrElse(TableColumn other)
    {
        TextColumn others = (TextColumn)other;
        string[] values = [.. Values.Union(others.Values)];
        Dictionary<string, int> places = values.Select((value, k) => (value, k)).ToDictionary(pair => pair.value, pair => pair.k);
        int[] codes = new int[_codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = (this[row] ?? others[row]) is { } value ? places[value] : Missing;
        }

        return new TextColumn(Name, codes, values) { MissingText = MissingText };
    }
}
