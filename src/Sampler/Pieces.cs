namespace Diffusion.Sampling;

/// <summary>A job drawn piece by piece, as the pieces are asked for.</summary>
internal static class Pieces
{
    /// <summary>Checks the job, and draws the pieces in order; put together, they are the job.</summary>
    /// <param name="sampler">The model.</param>
    /// <param name="job">What to draw.</param>
    /// <param name="pieceSize">The number of samples in a piece, at least 1.</param>
    /// <param name="progress">Receives progress reports on the whole job.</param>
    /// <param name="draw">Draws one piece, from its job and from what receives its progress reports.</param>
    /// <exception cref="DiffusionException">The job does not fit the model.</exception>
    public static IEnumerable<T> Draw<T>(
        LocalSampler sampler, SamplingJob job, int pieceSize, IProgress<SamplingProgress>? progress,
        Func<SamplingJob, IProgress<SamplingProgress>?, T> draw)
    {
        sampler.Validate(job, new ExecutionOptions(), isInMemory: false);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceSize, 1);
        int rows = (job.Plan ?? sampler.Plan).Tableau.Rows.Length;
        return Draw();

        IEnumerable<T> Draw()
        {
            for (long first = 0; first < job.Count; first += pieceSize)
            {
                int size = (int)Math.Min(pieceSize, job.Count - first);
                yield return draw(
                    job.Slice(first, size), progress is null ? null : new PartOfProgress(progress, first * rows, job.Count * rows));
            }
        }
    }

    /// <summary>Reports the progress of a part as that of the whole.</summary>
    private sealed class PartOfProgress(IProgress<SamplingProgress> whole, long before, long total) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => whole.Report(new SamplingProgress(before + value.Done, total));
    }
}
