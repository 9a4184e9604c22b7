using System.Diagnostics;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <content>The likelihood of points under the model.</content>
public sealed partial class DiffusionSampler
{
    /// <summary>The log-likelihood of points under the model, by the probability-flow ODE: exact in few dimensions, estimated in
    /// many.</summary>
    /// <param name="points">The points, <c>[n, d]</c>, in the units of the data.</param>
    /// <param name="options">How to compute it; by default as <see cref="LikelihoodOptions"/> has it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>log p in nats, <c>[n]</c>, of the density per unit of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range, the points have another dimension, or the model takes
    /// conditions.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public double[] LogLikelihood(
        PointSet points, LikelihoodOptions? options = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => [.. EstimateLogLikelihood(points, options, progress, cancellationToken).LogLikelihoods];

    /// <summary>The same with its standard errors, where it is estimated.</summary>
    /// <inheritdoc cref="LogLikelihood(PointSet, LikelihoodOptions?, IProgress{SamplingProgress}?, CancellationToken)"/>
    /// <returns>The log-likelihoods and their standard errors.</returns>
    public LikelihoodEstimate EstimateLogLikelihood(
        PointSet points, LikelihoodOptions? options = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireDimension(points);
        return Estimate(DataUnits.Standardize(Card.Data, points), options ?? new LikelihoodOptions(), progress, cancellationToken);
    }

    /// <summary>The log-likelihood of rows of a table, which are taken in double precision. Columns that are always the same have no
    /// density and are not counted.</summary>
    /// <param name="table">The rows in the units of the data: all columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <param name="options">How to compute it; by default as <see cref="LikelihoodOptions"/> has it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>log p in nats, <c>[n]</c>, of the density of the learned columns per unit of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range, the table has another width, or the model takes
    /// conditions.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public double[] LogLikelihood(
        NumericTable table, LikelihoodOptions? options = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => [.. EstimateLogLikelihood(table, options, progress, cancellationToken).LogLikelihoods];

    /// <summary>The same with its standard errors, where it is estimated.</summary>
    /// <inheritdoc cref="LogLikelihood(NumericTable, LikelihoodOptions?, IProgress{SamplingProgress}?, CancellationToken)"/>
    /// <returns>The log-likelihoods and their standard errors.</returns>
    public LikelihoodEstimate EstimateLogLikelihood(
        NumericTable table, LikelihoodOptions? options = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Estimate(DataUnits.Standardize(Card.Data, table), options ?? new LikelihoodOptions(), progress, cancellationToken);

    /// <summary>The log-likelihood of points as the network sees them, per unit of the data.</summary>
    private LikelihoodEstimate Estimate(
        SampleBatch points, LikelihoodOptions options, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        if (!Signature.Conditions.IsEmpty)
        {
            throw new DiffusionException("The model takes conditions, under which a likelihood cannot be computed.");
        }

        double[] sigmas = options.Sigmas(Card.Schedule);
        NoiseLevel level = Card.Schedule.At(options.Timestep);
        int dimension = points.Shape.Size;
        int? probes = options.ProbesIn(dimension);
        double[] result = new double[points.Count];
        double[]? errors = probes > 1 ? new double[points.Count] : null;
        (int First, int Count)[] ranges = Chunks.Split(points.Count, options.ChunkIn(dimension));
        double unit = Card.Data.Scale?.Sum(Math.Log) ?? 0;
        long done = 0;
        int evaluations = (sigmas.Length - 1) * Sampling.LogLikelihood.EvaluationsPerStep(dimension, probes);
        using Activity? activity = SamplerTelemetry.Start(
            SamplerTelemetry.Likelihood, Card.Data.Name, Sampling.LogLikelihood.MethodName, points.Count, evaluations);
        try
        {
            Chunks.ForEach(ranges.Length, options.Execution.Threads ?? Environment.ProcessorCount, Carry, cancellationToken);
            return new LikelihoodEstimate(result, errors, probes ?? 0);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }

        void Carry(int k)
        {
            HutchinsonProbes? directions = probes is { } count
                ? new HutchinsonProbes(options.Seed, count, (long)ranges[k].First * dimension)
                : null;
            LogLikelihood likelihood = new(
                Denoiser, Card.Schedule, points.Slice(ranges[k].First, ranges[k].Count).Values, level, directions);
            for (int step = 1; step < sigmas.Length; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                likelihood.Advance(sigmas[step - 1], sigmas[step]);
                progress?.Report(new SamplingProgress(
                    Interlocked.Add(ref done, ranges[k].Count), (long)points.Count * (sigmas.Length - 1)));
            }

            double[] nats = likelihood.At(Card.Schedule.TerminalAlphaBar, level.AlphaBar);
            int wrong = Array.FindIndex(nats, value => !float.IsFinite((float)value));
            if (wrong >= 0)
            {
                throw new DiffusionException(
                    $"The log-likelihood of point {ranges[k].First + wrong + 1} is not finite: the point is too far from the data, "
                        + $"or the output of the network is not finite. Remove the point.");
            }

            Array.ConvertAll(nats, value => value - unit).CopyTo(result, ranges[k].First);
            likelihood.StandardErrors()?.CopyTo(errors!, ranges[k].First);
            SamplerTelemetry.Count(ranges[k].Count, evaluations, SamplerTelemetry.Likelihood);
        }
    }
}
