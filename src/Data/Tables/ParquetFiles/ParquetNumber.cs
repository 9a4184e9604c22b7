using Diffusion.Data.Tables.Typed;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>Numbers in a Parquet file.</summary>
/// <typeparam name="T">The type of the cells.</typeparam>
/// <param name="toNumber">Gets the number of a cell.</param>
/// <param name="formatOf">Gets how all numbers stand in a text file; null where double precision cannot tell them apart: they are
/// identifiers, and are read as text.</param>
internal sealed class ParquetNumber<T>(Func<T, double> toNumber, Func<double[], DecimalFormat?> formatOf) : ParquetType
    where T : struct
{
    /// <inheritdoc/>
    public override async Task<TableColumn> ReadAsync(ParquetCells cells, ColumnRequest column)
    {
        if (column.Asked is null or ColumnType.Number or ColumnType.Category)
        {
            double[] values = new double[cells.Count];
            int row = 0;
            await cells.ReadAsync<T>(value => values[row++] = toNumber(value), () => values[row++] = double.NaN).ConfigureAwait(false);
            if (formatOf(values) is { } format)
            {
                return new NumberColumn(column.Name, values, format);
            }
        }

        return await new ParquetText<T>((value, use) => use(Invariant($"{value}")))
            .ReadAsync(cells, column).ConfigureAwait(false);
    }
}
