using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>The exact noise prediction of a mixture, by default of radial_gmm, in place of a network.</summary>
internal sealed class MixturePredictor(GaussianMixture? mixture = null) : IDenoiser
{
    private readonly ClosedForm _network = ClosedForm.InDouble(2, ExactPredictors.Mixture(mixture ?? ReferenceData.Mixture));

    public static ModelCard Card { get; } = CardOf(ReferenceData.Mixture);

    public DenoiserSignature Signature => _network.Signature;

    public static ModelCard CardOf(GaussianMixture mixture)
        => new() { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = mixture.Name, Dimension = 2 } };

    public void Predict(in DenoiserCall input, Span<float> output) => _network.Predict(input, output);
}
