using System.Diagnostics;
using System.Runtime.CompilerServices;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Sampling;
using Microsoft.Extensions.Logging;

namespace Diffusion.Hosting;

/// <summary>Logs the runs of a sampler: what was drawn and how long it took, or why it failed.</summary>
/// <param name="inner">The sampler, disposed with this one.</param>
/// <param name="logger">Receives the events.</param>
public sealed class LoggingSampler(ISampler inner, ILogger logger) : ISampler
{
    /// <inheritdoc/>
    public ModelCard Card => inner.Card;

    /// <inheritdoc/>
    public DenoiserSignature Signature => inner.Signature;

    /// <inheritdoc/>
    public SamplingPlan Plan => inner.Plan;

    /// <inheritdoc/>
    public IDecoder Decoder => inner.Decoder;

    /// <inheritdoc/>
    public async Task RunAsync(
        SamplingJob job, Memory<float> samples, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        long start = Stopwatch.GetTimestamp();
        await Watch(job, Draw()).ConfigureAwait(false);
        Drawn(job, start);

        async ValueTask<bool> Draw()
        {
            await inner.RunAsync(job, samples, execution, progress, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleFrame> StreamAsync(
        SamplingJob job, ExecutionOptions? execution = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        long start = Stopwatch.GetTimestamp();
        IAsyncEnumerator<SampleFrame>? frames = null;
        try
        {
            while (await Watch(job, Draw()).ConfigureAwait(false))
            {
                yield return frames!.Current;
            }
        }
        finally
        {
            if (frames is not null)
            {
                await frames.DisposeAsync().ConfigureAwait(false);
            }
        }

        Drawn(job, start);

        async ValueTask<bool> Draw()
        {
            frames ??= inner.StreamAsync(job, execution, cancellationToken).GetAsyncEnumerator(cancellationToken);
            return await frames.MoveNextAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Disposes the sampler.</summary>
    public void Dispose() => inner.Dispose();

    /// <summary>Awaits a part of a run and logs why it failed.</summary>
    private async ValueTask<bool> Watch(SamplingJob job, ValueTask<bool> part)
    {
        try
        {
            return await part.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            SamplerLog.Canceled(logger, job.Count, Card.Data.Name);
            throw;
        }
        catch (Exception exception)
        {
            SamplerLog.Failed(logger, job.Count, Card.Data.Name, exception);
            throw;
        }
    }

    private void Drawn(SamplingJob job, long start)
        => SamplerLog.Drawn(
            logger, job.Count, Card.Data.Name, (job.Plan ?? Plan).Caption, job.Seed, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}
