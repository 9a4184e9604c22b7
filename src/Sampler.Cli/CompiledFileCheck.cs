using Diffusion.Codecs;
using Diffusion.Samples;
using Diffusion.Sampling;

namespace Diffusion.Cli;

/// <summary>Runs a compiled sampler before it is moved into place.</summary>
internal static class CompiledFileCheck
{
    /// <summary>The numbers of samples that are run after a single one, as networks are often exported with an example of one.</summary>
    private static readonly int[] Counts = [2, 3];

    /// <summary>
    /// The largest difference that a sample may show beside others, in the units of the network or relative to larger values: rounding may
    /// depend on the number of samples, statistics over a batch move a sample by far more.
    /// </summary>
    private const double Tolerance = 1e-3;

    /// <summary>Draws a few samples, and refuses a file that cannot be run or whose samples depend on each other.</summary>
    /// <param name="compiled">The content of the file.</param>
    /// <param name="source">The network that it was compiled from, for messages.</param>
    /// <exception cref="DiffusionException">The file cannot be run, or a sample depends on those beside it.</exception>
    public static void Require(byte[] compiled, string source)
    {
        using CompiledSampler sampler = CompiledSampler.Load(compiled, new ModelOptions { Name = source });
        SampleBatch[] alone = [.. Enumerable.Range(0, Counts.Max()).Select(k => Draw(sampler, new SamplingJob { Count = 1, First = k }))];
        foreach (int count in Counts)
        {
            SampleBatch together = SampleTogether(sampler, count, source);
            if (Enumerable.Range(0, count).Any(k => !IsSame(sampler.Card.Data, alone[k][0], together[k])))
            {
                throw new DiffusionException(
                    $"'{source}' gives different samples in a batch of {count} than in batches of 1: "
                        + "its samples depend on each other, or it is random. Export a network that computes each sample independently.");
            }
        }
    }

    /// <summary>Draws samples as the file gives them.</summary>
    private static SampleBatch Draw(CompiledSampler sampler, SamplingJob job)
    {
        float[] samples = new float[job.Count * sampler.Signature.Shape.Size];
        sampler.Run(job, samples);
        return new SampleBatch(samples, sampler.Signature.Shape);
    }

    private static SampleBatch SampleTogether(CompiledSampler sampler, int count, string source)
    {
        try
        {
            return Draw(sampler, new SamplingJob { Count = count });
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException(
                $"The compiled file runs with a batch of 1, but fails with a batch of {count}. {exception.Message} "
                    + $"Export '{source}' with a dynamic batch size.",
                exception);
        }
    }

    private static bool IsSame(DataInfo data, ReadOnlySpan<float> alone, ReadOnlySpan<float> together)
    {
        double[] resolutions = FloatResolution.Of(data);
        for (int j = 0; j < alone.Length; j++)
        {
            double expected = DataUnits.Standardize(data, alone[j], j);
            double difference = Math.Abs(DataUnits.Standardize(data, together[j], j) - expected);
            if (difference > (Tolerance * Math.Max(1, Math.Abs(expected))) + resolutions[j])
            {
                return false;
            }
        }

        return true;
    }
}
