using Diffusion.Data.Tables.Typed;
using Diffusion.Tables;
using Parquet;
using Parquet.Schema;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>Writes tables as Parquet files, in which every cell may be missing.</summary>
internal static class ParquetTableWriter
{
    /// <summary>The fewest rows of a group of rows but the last: a group of few rows is compressed badly.</summary>
    private const int RowsOfGroup = 1 << 17;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy };

    /// <summary>Writes a file.</summary>
    /// <param name="stream">The file; left open.</param>
    /// <param name="pieces">The rows, piece by piece, all of the same columns, at least one piece.</param>
    public static void Write(Stream stream, IEnumerable<Table> pieces)
        => Task.Run(() => WriteAsync(stream, pieces)).GetAwaiter().GetResult();

    private static async Task WriteAsync(Stream stream, IEnumerable<Table> pieces)
    {
        ParquetWriter? writer = null;
        ParquetOutput[] outputs = [];
        Table? first = null;
        foreach (IReadOnlyList<Table> rows in Groups(pieces))
        {
            if (writer is null)
            {
                first = rows[0];
                outputs = [.. first.Columns.Select(ParquetOutput.Create)];
                ParquetSchema schema = new([.. outputs.Select(output => output.Type)]);
                writer = await ParquetWriter.CreateAsync(schema, stream, Options).ConfigureAwait(false);
            }

            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int k = 0; k < outputs.Length; k++)
            {
                await outputs[k].WriteAsync(group, [.. rows.Select(piece => piece.Columns[k])]).ConfigureAwait(false);
            }
        }

        TablePieces.RequireAny(first);
        await writer!.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Puts pieces together to groups of rows.</summary>
    private static IEnumerable<IReadOnlyList<Table>> Groups(IEnumerable<Table> pieces)
    {
        (Table? first, List<Table> group, int rows) = (null, [], 0);
        foreach (Table piece in pieces)
        {
            TablePieces.RequireSameColumns(first ??= piece, piece);
            group.Add(piece);
            rows += piece.Count;
            if (rows >= RowsOfGroup)
            {
                yield return group;
                (group, rows) = ([], 0);
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }
}
