using System.Diagnostics.CodeAnalysis;
using Diffusion.Cards;
using Diffusion.Sampling;

namespace Diffusion.Denoising;

/// <summary>
/// Puts what a job asks for around a network. The order is fixed here alone: prediction type, guidance, clipping, constraint.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "Decorators on top of each other are called a stack.")]
public static class DenoiserStack
{
    /// <summary>Builds a prediction of ε for a job.</summary>
    /// <param name="network">The network; its signature says what it predicts.</param>
    /// <param name="card">What the model says about itself: its clipping, where the job has none.</param>
    /// <param name="job">What is to be drawn.</param>
    /// <exception cref="DiffusionException">The job has conditions or guidance that the network does not take.</exception>
    public static IDenoiser Build(IDenoiser network, ModelCard card, SamplingJob job)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(job);
        IDenoiser denoiser = PredictNoise(network);
        if ((job.Guidance ?? card.Sampling?.Guidance) is { } weight)
        {
            RequireConditions(denoiser);

            // Plain conditional needs one evaluation, not two.
            denoiser = weight == 1 ? denoiser : new GuidedDenoiser(denoiser, weight);
        }

        if ((job.Clipping ?? ClippingOptions.FromCard(card)) is { } clipping)
        {
            denoiser = new ConstrainedDenoiser(denoiser, new Clipping(clipping));
        }

        return job.Constraint is { } constraint ? new ConstrainedDenoiser(denoiser, constraint) : denoiser;
    }

    /// <summary>Returns the network as a prediction of ε, whatever it predicts.</summary>
    /// <param name="network">The network.</param>
    public static IDenoiser PredictNoise(IDenoiser network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Signature.Prediction == PredictionType.Epsilon ? network : new NoisePredictor(network);
    }

    private static void RequireConditions(IDenoiser denoiser)
    {
        if (denoiser.Signature.Conditions is { TakesLabels: false, TakesGiven: false })
        {
            throw new DiffusionException(
                "The model takes neither class labels nor given values, so there is nothing to guide to. Sample it without guidance.");
        }
    }
}
