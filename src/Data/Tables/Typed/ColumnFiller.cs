using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Collects the cells of a column.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="missingText">The text of its missing cells.</param>
internal abstract class ColumnFiller(string name, string missingText)
{
    protected string Name => name;

    protected string MissingText => missingText;

    /// <summary>Adds a cell that is missing.</summary>
    public abstract void AddMissing();

    /// <summary>Adds a cell.</summary>
    /// <param name="cell">The cell as it stands in the file.</param>
    /// <returns>Whether it is one that the column can have.</returns>
    public abstract bool TryAdd(ReadOnlySpan<char> cell);

    /// <summary>Returns the column, once all cells have been added.</summary>
    public abstract TableColumn Complete();

    /// <summary>A column of numbers, dates or times.</summary>
    public sealed class Numbers(string name, string missingText, int rows, CellFormat format) : ColumnFiller(name, missingText)
    {
        private readonly double[] _values = new double[rows];
        private int _count;

        public override void AddMissing() => _values[_count++] = double.NaN;

        public override bool TryAdd(ReadOnlySpan<char> cell) => format.TryParse(cell.Trim(), out _values[_count++]);

        public override NumberColumn Complete() => new(Name, _values, format) { MissingText = MissingText };
    }

    /// <summary>A column of text.</summary>
    public sealed class Texts : ColumnFiller
    {
        private readonly int[] _codes;
        private readonly List<string> _values = [];
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _known
            = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        private int _count;

        public Texts(string name, string missingText, int rows)
            : base(name, missingText) => _codes = new int[rows];

        public override void AddMissing() => _codes[_count++] = TextColumn.Missing;

        public override bool TryAdd(ReadOnlySpan<char> cell)
        {
            AddText(FormulaText.Unescape(cell));
            return true;
        }

        /// <summary>Adds a cell that is written as it is.</summary>
        public void AddText(ReadOnlySpan<char> text)
        {
            if (!_known.TryGetValue(text, out int code))
            {
                code = _values.Count;
                _values.Add(text.ToString());
                _known.Dictionary.Add(_values[code], code);
            }

            _codes[_count++] = code;
        }

        public override TextColumn Complete() => new(Name, _codes, _values) { MissingText = MissingText };
    }
}
