using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Sampling;

namespace Diffusion.Evaluation;

/// <summary>Compares what a model draws with the truth, over several seeds.</summary>
public static class Evaluator
{
    /// <summary>Draws samples with each seed, and measures how they agree with true points.</summary>
    /// <param name="sampler">The model.</param>
    /// <param name="truth">What to compare with.</param>
    /// <param name="job">What to draw with the first seed, from which the others count up: from 2 samples to what
    /// <paramref name="truth"/> has, from noise of the seed.</param>
    /// <param name="seeds">The number of seeds, at least 1.</param>
    /// <param name="progress">Is told the number of seeds that are done.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DiffusionException">A number is out of range, or noise is given.</exception>
    public static EvaluationResult Run(
        DiffusionSampler sampler, ITruth truth, SamplingJob job, int seeds,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        Validate(truth, job);
        int count = (int)job.Count;
        IReadOnlyList<Measure> measures = truth.Measures;
        double[][] samples = new double[seeds][];
        double[][] floors = new double[seeds][];
        for (uint k = 0; k < seeds; k++)
        {
            progress?.Report((int)k);
            cancellationToken.ThrowIfCancellationRequested();
            (PointSet reference, PointSet fresh) = truth.Draw(count, k);
            NumericTable table = sampler.SampleNumbers(job with { Seed = job.Seed + k }, cancellationToken: cancellationToken);
            PointSet drawn = truth.InItsUnits(table);
            samples[k] = [.. measures.Select(measure => measure.Of(drawn, reference))];
            floors[k] = [.. measures.Select(measure => measure.Of(fresh, reference))];
        }

        progress?.Report(seeds);
        MeasureResult[] results =
        [
            .. measures.Select((measure, m) => new MeasureResult(
                measure.Name,
                Statistic.Of(samples.Select(values => values[m])),
                Statistic.Of(floors.Select(values => values[m])),
                measure.Exact)),
        ];
        ExcessError? excess = KnownDataSets.ForModel(sampler.Card) is GaussianMixture mixture
            ? ExcessError.Of(sampler, mixture, job.Seed, cancellationToken)
            : null;
        return new EvaluationResult(count, seeds, results, excess);
    }

    private static void Validate(ITruth truth, SamplingJob job)
    {
        if (job.Count < 2 || job.Count > truth.LargestCount)
        {
            throw new DiffusionException($"The number of points must be between 2 and {truth.LargestCount}; was {job.Count}.");
        }

        if (job.Noise is not null)
        {
            throw new DiffusionException("An evaluation draws its own noise for every seed; initial noise must not be specified.");
        }
    }
}
