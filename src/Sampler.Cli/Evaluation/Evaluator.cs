using Diffusion.CommandLine;
using Diffusion.DataSets;
using Diffusion.Points;
using Diffusion.Sampling;

namespace Diffusion.Cli.Evaluation;

/// <summary>Compares what a model draws with the truth, over several seeds.</summary>
internal static class Evaluator
{
    /// <summary>The request with no more points than there are true ones to compare with.</summary>
    /// <exception cref="DiffusionException">It cannot be evaluated.</exception>
    public static NetworkRequest Fit(NetworkRequest request, ITruth truth)
    {
        if (request.Count < 2)
        {
            throw new DiffusionException($"At least 2 points are required; requested {request.Count}.");
        }

        if (request.Options.Noise is not null)
        {
            throw new DiffusionException("An evaluation draws its own noise for every seed. Leave --noise out.");
        }

        return request with { Count = Math.Min(request.Count, truth.LargestCount) };
    }

    /// <param name="path">The model's file.</param>
    /// <param name="request">What to draw; each seed draws with the next one.</param>
    /// <param name="truth">What to compare with.</param>
    /// <param name="seeds">The number of seeds, at least 1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static EvaluationReport Run(string path, NetworkRequest request, ITruth truth, int seeds, CancellationToken cancellationToken)
    {
        IReadOnlyList<Measure> measures = truth.Measures;
        double[][] samples = new double[seeds][];
        double[][] floors = new double[seeds][];
        ProgressMeter.Show("evaluating", meter =>
        {
            for (uint k = 0; k < seeds; k++)
            {
                meter.Report(k, seeds);
                cancellationToken.ThrowIfCancellationRequested();
                (PointSet reference, PointSet fresh) = truth.Draw(request.CountInMemory, k);
                SamplerOptions options = request.Options with { Seed = request.Options.Seed + k };
                PointSet drawn = truth.InItsUnits(request.Sampler.SampleTable(request.CountInMemory, options, null, cancellationToken));
                samples[k] = [.. measures.Select(measure => measure.Of(drawn, reference))];
                floors[k] = [.. measures.Select(measure => measure.Of(fresh, reference))];
            }

            meter.Report(seeds, seeds);
            return seeds;
        });
        return new EvaluationReport
        {
            Model = path,
            Truth = truth.Name,
            Points = request.CountInMemory,
            Seeds = seeds,
            Solver = request.Options.Solver.Name,
            Steps = request.Tableau.Steps,
            NetworkEvaluations = request.Tableau.Rows.Length,
            Measures = [.. measures.Select((measure, m) => new MeasureResult(
                measure.Name, Statistic.Of(samples.Select(values => values[m])), Statistic.Of(floors.Select(values => values[m])), measure.Exact))],
            ExcessError = TruthOf.Model(request.Card) is GaussianMixture mixture ? ExcessError.Of(request.Sampler, mixture, request.Options.Seed, cancellationToken) : null,
        };
    }
}
