using Diffusion.Cards;
using Diffusion.Samples;

namespace Diffusion.Denoising;

/// <summary>What a network takes and gives.</summary>
/// <param name="Shape">The shape of a sample.</param>
public sealed record DenoiserSignature(SampleShape Shape)
{
    /// <summary>Gets the conditions that it takes.</summary>
    public ConditionSignature Conditions { get; init; }

    /// <summary>Gets what its output means.</summary>
    public PredictionType Prediction { get; init; } = PredictionType.Epsilon;

    /// <summary>Refuses a model card that describes another network, with the first difference.</summary>
    /// <param name="card">What the model says about itself.</param>
    /// <param name="source">What to call the network in messages.</param>
    /// <exception cref="DiffusionException">The card has another shape, prediction type or other conditions.</exception>
    internal void RequireCard(ModelCard card, string source)
    {
        Require("takes samples of the shape", Shape, card.Data.Shape);
        Require("predicts", Prediction, card.Prediction);
        Require("takes", Conditions, card.Conditions);

        void Require<T>(string verb, T network, T described)
            where T : struct
        {
            if (!network.Equals(described))
            {
                throw new DiffusionException($"'{source}' {verb} {network}, but its model card says {described}.");
            }
        }
    }
}
