using Diffusion.Data.Tables.Typed;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>Cells of a Parquet file as text.</summary>
/// <typeparam name="T">The type of the cells.</typeparam>
/// <param name="read">Reads the text of a cell.</param>
internal sealed class ParquetText<T>(Action<T, TextUse> read) : ParquetType
    where T : struct
{
    /// <inheritdoc/>
    public override async Task<TableColumn> ReadAsync(ParquetCells cells, ColumnRequest column)
    {
        ColumnFiller.Texts texts = new(column.Name, missingText: "", cells.Count);
        await cells.ReadAsync<T>(value => read(value, texts.AddText), texts.AddMissing).ConfigureAwait(false);
        return texts.Complete();
    }
}

/// <summary>Uses a text that is there until the call ends.</summary>
internal delegate void TextUse(ReadOnlySpan<char> text);
