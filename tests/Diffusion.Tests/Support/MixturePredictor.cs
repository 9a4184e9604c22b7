using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>The exact noise prediction of a mixture, by default of radial_gmm, in place of a network.</summary>
internal sealed class MixturePredictor(GaussianMixture? mixture = null) : INoisePredictor
{
    private readonly GaussianMixture _mixture = mixture ?? ReferenceData.Mixture;

    public static ModelCard Card { get; } = CardOf(ReferenceData.Mixture);

    public int Dimension => 2;

    public static ModelCard CardOf(GaussianMixture mixture) => new() { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = mixture.Name, Dimension = 2 } };

    public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        double[] points = new double[x.Length];
        double[] noise = new double[x.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = x[i];
        }

        _mixture.PredictEpsilon(points, Card.Schedule.AlphaBarAt(timestep), noise);
        for (int i = 0; i < noise.Length; i++)
        {
            epsilon[i] = (float)noise[i];
        }
    }
}
