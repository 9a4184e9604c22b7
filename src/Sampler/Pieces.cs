using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>A run drawn piece by piece, as the pieces are asked for.</summary>
internal static class Pieces
{
    /// <summary>Checks the options, and draws the pieces in order; put together, they are one large run.</summary>
    /// <param name="dimension">The dimension d of a point.</param>
    /// <param name="count">The number n of points in all.</param>
    /// <param name="options">How to draw them; initial noise must hold all n points.</param>
    /// <param name="pieceSize">The number of points in a piece, at least 1; the last piece may have fewer.</param>
    /// <param name="tableau">Gets the rows that each point goes through.</param>
    /// <param name="progress">Is told how far the whole has come.</param>
    /// <param name="sample">Draws one piece: its size, its options, and what is to be told of its progress.</param>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public static IEnumerable<T> Draw<T>(
        int dimension, long count, SamplerOptions options, int pieceSize, Func<Tableau> tableau, IProgress<SamplingProgress>? progress,
        Func<int, SamplerOptions, IProgress<SamplingProgress>?, T> sample)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ValidateAll(count, dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceSize, 1);
        int rows = tableau().Rows.Length;
        return Draw();

        IEnumerable<T> Draw()
        {
            for (long first = 0; first < count; first += pieceSize)
            {
                int size = (int)Math.Min(pieceSize, count - first);
                SamplerOptions piece = options with
                {
                    FirstSample = options.FirstSample + first, Noise = options.Noise?.Slice((int)first, size),
                };
                yield return sample(size, piece, progress is null ? null : new PartOfProgress(progress, first * rows, count * rows));
            }
        }
    }

    /// <summary>Reports the progress of a part as that of the whole.</summary>
    private sealed class PartOfProgress(IProgress<SamplingProgress> whole, long before, long total) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => whole.Report(new SamplingProgress(before + value.Done, total));
    }
}
