using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Sampling;

/// <summary>Draws data from any sampler, wherever it runs.</summary>
public static class SamplerExtensions
{
    /// <summary>Draws points.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="job">What to draw; its samples are in memory at once.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data: the learned columns, rounded to float32.</returns>
    /// <exception cref="DiffusionException">The job does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The job was ended early.</exception>
    public static async Task<PointSet> SampleAsync(
        this ISampler sampler, SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        sampler.Card.Data.RequirePoints();
        float[] points = await DrawAsync(sampler, job, execution, progress, cancellationToken).ConfigureAwait(false);
        sampler.Decoder.RestorePoints(points);
        return new PointSet(points, sampler.Signature.Shape.Size, sampler.Card.Data.Columns);
    }

    /// <summary>Draws rows of the table that the model was trained on.</summary>
    /// <inheritdoc cref="SampleAsync"/>
    /// <returns>The rows, with all columns.</returns>
    public static async Task<Table> SampleTableAsync(
        this ISampler sampler, SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        float[] samples = await DrawAsync(sampler, job, execution, progress, cancellationToken).ConfigureAwait(false);
        return sampler.Decoder.ToTable(new SampleBatch(samples, sampler.Signature.Shape));
    }

    private static async Task<float[]> DrawAsync(
        ISampler sampler, SamplingJob job, ExecutionOptions? execution, IProgress<SamplingProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(job);
        job.ValidateInMemory(sampler.Signature);
        float[] samples = new float[job.Count * sampler.Signature.Shape.Size];
        await sampler.RunAsync(job, samples, execution, progress, cancellationToken).ConfigureAwait(false);
        return samples;
    }
}
