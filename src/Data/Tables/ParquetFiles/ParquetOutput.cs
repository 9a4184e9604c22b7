using Diffusion.Tables;
using Parquet;
using Parquet.Schema;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>How a column is written to a Parquet file.</summary>
/// <param name="type">Its type in the file.</param>
internal abstract class ParquetOutput(DataField type)
{
    /// <summary>Gets its type in the file.</summary>
    public DataField Type => type;

    /// <summary>Chooses the type: whole numbers, other numbers, dates, times, truth values or text.</summary>
    /// <param name="column">The first cells of the column; the others are of the same kind.</param>
    public static ParquetOutput Create(TableColumn column) => column switch
    {
        TextColumn texts when texts.Values.Count > 0 && texts.Values.All(text => text is ParquetType.True or ParquetType.False)
            => new OfTexts<bool>(new DataField<bool>(column.Name, nullable: true), ToTruth),
        TextColumn => new OfTexts<ReadOnlyMemory<char>>(
            new DataField(column.Name, typeof(string), isNullable: true), text => text.AsMemory()),
        NumberColumn { Format: TimeFormat time } => Times(column.Name, time),
        NumberColumn { Format.Decimals: 0 } => new OfNumbers<long>(
            new DataField<long>(column.Name, nullable: true), value => checked((long)value)),
        _ => new OfNumbers<double>(new DataField<double>(column.Name, nullable: true), value => value),
    };

    /// <summary>Writes the cells of a group of rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="parts">The cells, part by part.</param>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TableColumn> parts);

    private static bool ToTruth(string text) => text switch
    {
        ParquetType.True => true,
        ParquetType.False => false,
        _ => throw new ArgumentException("All pieces of a table must have truth values in the same columns.", nameof(text)),
    };

    private static ParquetOutput Times(string name, TimeFormat time)
    {
        if (time.IsTimeOfDay)
        {
            return new OfNumbers<long>(
                new TimeDataField(name, TimeUnitPrecision.Micros, isNullable: true) { IsAdjustedToUtc = false },
                value => time.ToDateTime(value).TimeOfDay.Ticks / TimeSpan.TicksPerMicrosecond);
        }

        bool isDate = time.TicksPerUnit == TimeSpan.TicksPerDay;
        return new OfNumbers<DateTime>(
            isDate
                ? new DateTimeDataField(name, DateTimeFormat.Date, isNullable: true)
                : new DateTimeDataField(name, DateTimeFormat.Timestamp, time.IsUniversal, DateTimeTimeUnit.Micros, isNullable: true),
            time.ToDateTime);
    }

    private sealed class OfNumbers<T>(DataField type, Func<double, T> convert) : ParquetOutput(type)
        where T : struct
    {
        /// <inheritdoc/>
        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TableColumn> parts)
        {
            List<T?> cells = [];
            foreach (NumberColumn part in parts.Cast<NumberColumn>())
            {
                foreach (double value in part.Values)
                {
                    cells.Add(double.IsNaN(value) ? null : convert(value));
                }
            }

            return group.WriteAsync<T>(Type, cells.ToArray());
        }
    }

    private sealed class OfTexts<T>(DataField type, Func<string, T> convert) : ParquetOutput(type)
        where T : struct
    {
        /// <inheritdoc/>
        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TableColumn> parts)
        {
            T?[] cells = [.. parts.Cast<TextColumn>().SelectMany(
                part => Enumerable.Range(0, part.Count).Select(row => part[row] is { } text ? convert(text) : (T?)null))];
            return group.WriteAsync<T>(Type, cells);
        }
    }
}
