using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;

namespace Diffusion.Sampling;

/// <summary>A model that samples can be drawn from, on this machine or elsewhere.</summary>
public interface ISampler : IDisposable
{
    /// <summary>Gets what the model says about itself.</summary>
    ModelCard Card { get; }

    /// <summary>Gets what the model takes and gives.</summary>
    DenoiserSignature Signature { get; }

    /// <summary>Gets the solver and the steps of jobs that name none.</summary>
    SamplingPlan Plan { get; }

    /// <summary>Gets what turns the samples into data. Only the decoder knows their units: those of the network, or, for a compiled file,
    /// those of the data.</summary>
    IDecoder Decoder { get; }

    /// <summary>Draws samples.</summary>
    /// <param name="job">What to draw.</param>
    /// <param name="samples">Receives the samples, <c>[n, Size]</c>, as the decoder takes them, where n is the number that the job asks
    /// for.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <exception cref="DiffusionException">The job does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The job was ended early.</exception>
    Task RunAsync(
        SamplingJob job, Memory<float> samples, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Draws samples and shows all of them at the start and after every step. Frames are made as they are asked for; none is
    /// kept.</summary>
    /// <param name="job">What to draw.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <exception cref="DiffusionException">The job does not fit the model, or the model cannot show its steps.</exception>
    IAsyncEnumerable<SampleFrame> StreamAsync(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default);
}
