using System.Text;
using CsvHelper;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Decodes the cells of a file, one at a time.</summary>
internal sealed class CellBuffer
{
    private const int InitialLength = 1 << 10;

    private char[] _characters = new char[InitialLength];

    /// <summary>Returns a cell of the line that a reader stands on, until the next one is read: an empty one beyond the end of a line that
    /// leaves out its last cells.</summary>
    public ReadOnlySpan<char> Read(CsvReader csv, int column)
    {
        if (column >= csv.FieldCount)
        {
            return [];
        }

        ReadOnlySpan<byte> bytes = csv.GetSpan(column);
        if (bytes.Length > _characters.Length)
        {
            _characters = new char[Math.Max(bytes.Length, 2 * _characters.Length)];
        }

        return _characters.AsSpan(0, Encoding.UTF8.GetChars(bytes, _characters));
    }
}
