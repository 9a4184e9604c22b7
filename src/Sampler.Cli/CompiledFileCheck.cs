using Diffusion.Points;
using Diffusion.Sampling;

namespace Diffusion.Cli;

/// <summary>Runs a compiled sampler before it is moved into place.</summary>
internal static class CompiledFileCheck
{
    /// <summary>The numbers of samples that are run: one, and more than one, as networks are often exported with an example of
    /// one.</summary>
    private static readonly int[] Counts = [1, 2, 3];

    /// <summary>
    /// The largest difference that a sample may show beside others, relative to the largest value: rounding may depend on the
    /// number of samples, statistics over a batch move a sample by far more.
    /// </summary>
    private const double Tolerance = 1e-3;

    /// <summary>Draws a few samples, and refuses a file that cannot be run or whose samples depend on each other.</summary>
    /// <param name="compiled">The content of the file.</param>
    /// <param name="source">The network that it was compiled from, for messages.</param>
    /// <exception cref="DiffusionException">The file cannot be run, or a sample depends on those beside it.</exception>
    public static void Require(byte[] compiled, string source)
    {
        using CompiledSampler sampler = CompiledSampler.Load(compiled, new ModelOptions { Name = source });
        PointSet[] runs = Array.ConvertAll(Counts, count => Run(sampler, count, source));
        PointSet largest = runs[^1];
        double scale = 0;
        foreach (float value in largest.Values)
        {
            scale = Math.Max(scale, Math.Abs((double)value));
        }

        foreach (PointSet run in runs)
        {
            for (int i = 0; i < run.Values.Length; i++)
            {
                if (Math.Abs((double)run.Values[i] - largest.Values[i]) > Tolerance * scale)
                {
                    throw new DiffusionException(
                        $"'{source}' gives different samples in a batch of {largest.Count} than in a batch of {run.Count}: "
                            + "its samples depend on each other. Export a network that computes each sample independently.");
                }
            }
        }
    }

    private static PointSet Run(CompiledSampler sampler, int count, string source)
    {
        try
        {
            return sampler.Sample(count);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException(
                $"The compiled file fails with a batch of {count}. {exception.Message} Export '{source}' with a dynamic batch size.",
                exception);
        }
    }
}
