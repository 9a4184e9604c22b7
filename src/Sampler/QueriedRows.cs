using System.Globalization;
using Diffusion.Codecs.Queries;
using Diffusion.Tables;

namespace Diffusion.Sampling;

/// <summary>
/// Draws the rows that a query asks for: single cells are given to the network, and of the rows that come, those outside of the ranges are
/// left out (rejection sampling), so that the others are what the model has of such rows.
/// </summary>
/// <param name="sampler">The model.</param>
/// <param name="query">The query.</param>
internal sealed class QueriedRows(LocalSampler sampler, TableQuery query)
{
    /// <summary>The number of rows that are drawn at once where some are left out.</summary>
    private const int BlockSize = 4_096;

    /// <summary>After so many rows, at least one of <see cref="LeastShare"/> must have been asked for.</summary>
    private const int TrialRows = 20 * BlockSize;

    private const int LeastShare = 2_000;

    /// <summary>Draws rows, in pieces as they come. The first of many rows are those of few.</summary>
    /// <param name="job">What to draw; the number of rows is that of those asked for.</param>
    /// <param name="pieceSize">The largest number of rows in a piece, at least 1.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports on the whole job.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <exception cref="DiffusionException">The model has almost no such rows.</exception>
    public IEnumerable<Table> Draw(
        SamplingJob job, int pieceSize, ExecutionOptions? execution, IProgress<SamplingProgress>? progress,
        CancellationToken cancellationToken)
    {
        (long found, long drawn) = (0, 0);
        while (found < job.Count)
        {
            int count = query.IsFiltered ? BlockSize : (int)Math.Min(pieceSize, job.Count - found);
            SamplingJob block = job with { Count = count, First = job.First + drawn, Conditions = query.Give(job.First + drawn, count) };
            Table rows = query.Filter(sampler.DecodeRows(block, execution, cancellationToken));
            drawn += count;
            int taken = (int)Math.Min(rows.Count, job.Count - found);
            found += taken;
            if (drawn >= TrialRows && found * LeastShare < drawn)
            {
                throw new DiffusionException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of {drawn} rows that were drawn, {found} are as asked for: the model has almost no such rows. "
                        + $"Ask for wider ranges."));
            }

            progress?.Report(new SamplingProgress(found, job.Count));
            for (int first = 0; first < taken; first += pieceSize)
            {
                yield return rows.SelectRows([.. Enumerable.Range(first, Math.Min(pieceSize, taken - first))]);
            }
        }
    }
}
