using System.Globalization;
using Diffusion.Data.Tables.Typed;
using Diffusion.Data.Tables.Typed.Formats;
using Diffusion.Tables;
using Parquet.Data;
using Parquet.Schema;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>A type of cells in Parquet files, and what becomes of them.</summary>
internal abstract class ParquetType
{
    /// <summary>Truth values as text.</summary>
    public const string True = "true", False = "false";

    /// <summary>The types by those of .NET that the cells are read as.</summary>
    private static readonly Dictionary<Type, Func<DataField, ParquetType>> Known = new()
    {
        [typeof(bool)] = _ => new ParquetText<bool>((value, use) => use(value ? True : False)),
        [typeof(sbyte)] = _ => Whole<sbyte>(value => value),
        [typeof(byte)] = _ => Whole<byte>(value => value),
        [typeof(short)] = _ => Whole<short>(value => value),
        [typeof(ushort)] = _ => Whole<ushort>(value => value),
        [typeof(int)] = field => field is TimeDataField time ? Clock<int>(time, value => value) : Whole<int>(value => value),
        [typeof(uint)] = _ => Whole<uint>(value => value),
        [typeof(long)] = field => field is TimeDataField time ? Clock<long>(time, value => value) : Whole<long>(value => value),
        [typeof(ulong)] = _ => Whole<ulong>(value => value),
        [typeof(float)] = _ => new ParquetNumber<float>(Shortest, PlainNumbers.FormatOf),
        [typeof(double)] = _ => new ParquetNumber<double>(value => value, PlainNumbers.FormatOf),
        [typeof(BigDecimal)] = field => new ParquetNumber<BigDecimal>(
            value => (double)value.UnscaledValue / Math.Pow(10, value.Scale), values => Rounded((DecimalDataField)field, values)),
        [typeof(DateTime)] = field => new ParquetTime<DateTime>(
            value => value.Ticks - DateTime.UnixEpoch.Ticks, isClock: false, IsUtc((DateTimeDataField)field)),
        [typeof(Guid)] = _ => new ParquetText<Guid>((value, use) => use(value.ToString())),
        [typeof(ReadOnlyMemory<char>)] = _ => new ParquetText<ReadOnlyMemory<char>>((value, use) => use(value.Span)),
    };

    /// <summary>Returns the type of a column, or null where it cannot be read: lists, structures, intervals, binary values.</summary>
    public static ParquetType? Find(Field field)
        => field is DataField { MaxRepetitionLevel: 0 } column ? Known.GetValueOrDefault(column.ClrType)?.Invoke(column) : null;

    /// <summary>Reads a column.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="column">The column; where its cells are said to be of another type, they are read as text.</param>
    public abstract Task<TableColumn> ReadAsync(ParquetCells cells, ColumnRequest column);

    private static ParquetNumber<T> Whole<T>(Func<T, double> toNumber)
        where T : struct
        => new(toNumber, values => Array.Exists(values, value => Math.Abs(value) >= PlainNumbers.LargestExact)
            ? null
            : new DecimalFormat { Places = 0 });

    private static ParquetTime<T> Clock<T>(TimeDataField field, Func<T, long> toUnits)
        where T : struct
    {
        return new(value => Ticks(toUnits(value)), isClock: true, isUtc: false);

        long Ticks(long units) => field.Precision switch
        {
            TimeUnitPrecision.Millis => units * TimeSpan.TicksPerMillisecond,
            TimeUnitPrecision.Micros => units * TimeSpan.TicksPerMicrosecond,
            _ => units / TimeSpan.NanosecondsPerTick,
        };
    }

    private static bool IsUtc(DateTimeDataField field) => field is { DateTimeFormat: DateTimeFormat.Timestamp, IsAdjustedToUTC: true };

    /// <summary>The number that people mean: 0.1 rather than 0.10000000149.</summary>
    private static double Shortest(float value)
        => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static DecimalFormat Rounded(DecimalDataField field, double[] values)
        => field.Scale <= PlainNumbers.MostPlaces ? new DecimalFormat { Places = field.Scale } : PlainNumbers.FormatOf(values);
}
