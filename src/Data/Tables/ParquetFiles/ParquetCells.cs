using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>The cells of a column of a Parquet file.</summary>
/// <param name="reader">The file.</param>
/// <param name="field">The column, which is not nested.</param>
/// <param name="count">The number n of rows.</param>
internal sealed class ParquetCells(ParquetReader reader, DataField field, int count)
{
    /// <summary>Gets the number n of rows.</summary>
    public int Count => count;

    /// <summary>Reads the cells in their order.</summary>
    /// <typeparam name="T">The type of the cells.</typeparam>
    /// <param name="add">Takes a cell.</param>
    /// <param name="addMissing">Takes a cell that is missing.</param>
    public async Task ReadAsync<T>(Action<T> add, Action addMissing)
        where T : struct
    {
        // A group without rows has no pages to read.
        foreach (ParquetRowGroupReader group in reader.RowGroups.Where(group => group.RowCount != 0))
        {
            ColumnMetaData? chunk = group.GetMetadata(field)?.MetaData;
            if (chunk?.NumValues != group.RowCount)
            {
                throw new InvalidDataException($"column '{field.Name}' does not have as many cells as there are rows");
            }

            // Only cells that are there have values; of the others, the definition level says that they are missing.
            T[] values = new T[group.RowCount];
            int[]? levels = field.MaxDefinitionLevel > 0 ? new int[group.RowCount] : null;
            Memory<int>? levelsToRead = levels is null ? default(Memory<int>?) : levels;
            await group.ReadRawAsync<T>(field, values, levelsToRead, repetitionLevels: null).ConfigureAwait(false);
            int next = 0;
            for (int row = 0; row < values.Length; row++)
            {
                if (levels is null || levels[row] == field.MaxDefinitionLevel)
                {
                    add(values[next++]);
                }
                else
                {
                    addMissing();
                }
            }
        }
    }
}
