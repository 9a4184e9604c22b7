using Diffusion.Data.Tables.Typed;
using Diffusion.Data.Tables.Typed.Formats;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>Dates and times in a Parquet file.</summary>
/// <typeparam name="T">The type of the cells.</typeparam>
/// <param name="toTicks">Gets the ticks of a cell from the start of 1970, or from midnight.</param>
/// <param name="isClock">Whether they are times of day.</param>
/// <param name="isUtc">Whether they are in universal time.</param>
internal sealed class ParquetTime<T>(Func<T, long> toTicks, bool isClock, bool isUtc) : ParquetType
    where T : struct
{
    private const long Missing = long.MinValue;

    /// <inheritdoc/>
    public override async Task<TableColumn> ReadAsync(ParquetCells cells, ColumnRequest column)
    {
        long[] ticks = new long[cells.Count];
        int row = 0;
        await cells.ReadAsync<T>(value => ticks[row++] = toTicks(value), () => ticks[row++] = Missing).ConfigureAwait(false);
        TimeFormat format = TimePatterns.Find(ticks.Where(value => value != Missing), isClock, isUtc);
        NumberColumn times = new(
            column.Name,
            Array.ConvertAll(ticks, value => value == Missing ? double.NaN : FloorDivide(value, format.TicksPerUnit)),
            format);
        return column.Asked is null or ColumnType.Date or ColumnType.Category ? times : PrintedColumn.Print(times);
    }

    /// <summary>A double does not hold every number of ticks, but every number of units.</summary>
    private static double FloorDivide(long ticks, long unit) => (ticks - (((ticks % unit) + unit) % unit)) / unit;
}
