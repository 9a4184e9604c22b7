using Diffusion.Cards;
using Diffusion.Time;

namespace Diffusion.Training;

/// <summary>How long rows of a table are trained, by their number.</summary>
public static class TableRecipe
{
    /// <summary>Numbers of rows and the iterations that suit them, as measured; linear in log n in between.</summary>
    private static readonly (int Rows, int Iterations)[] Lengths = [(300, 1_500), (600, 2_500), (5_000, 4_500), (12_000, 11_000)];

    /// <summary>Fewer rows than these are trained in smaller batches.</summary>
    private const int ManyRows = 2_000;

    /// <summary>A run ends after so many iterations without a smaller hold-out loss, or after one of so many parts of it.</summary>
    private const int LeastPatience = 1_000, PatientShare = 4;

    private const int SmallBatch = 256, LargeBatch = 512;

    /// <summary>The number of threads: the network is too small for a second one to gain anything.</summary>
    public const int Threads = 1;

    /// <summary>Gets how models of tables are best sampled.</summary>
    public static SamplingInfo Sampling { get; } = new() { Solver = "dpm++2m", Steps = 25, Spacing = TimestepGrids.LogSnr.Name };

    /// <summary>Returns the options of a run.</summary>
    /// <param name="rows">The number of rows to learn from, at least 1.</param>
    /// <param name="hasHoldOut">Whether rows are held out, by which the best weights are kept.</param>
    public static TrainingOptions ForRows(int rows, bool hasHoldOut = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        int iterations = IterationsFor(rows);
        return new TrainingOptions
        {
            Iterations = iterations,
            Batch = rows < ManyRows ? SmallBatch : LargeBatch,
            Threads = Threads,
            Patience = hasHoldOut ? Math.Max(LeastPatience, iterations / PatientShare) : null,
        };
    }

    private static int IterationsFor(int rows)
    {
        int next = Array.FindIndex(Lengths, length => length.Rows >= rows);
        if (next <= 0)
        {
            return next == 0 ? Lengths[0].Iterations : Lengths[^1].Iterations;
        }

        ((int fewer, int shorter), (int more, int longer)) = (Lengths[next - 1], Lengths[next]);
        return (int)double.Lerp(shorter, longer, Math.Log((double)rows / fewer) / Math.Log((double)more / fewer));
    }
}
