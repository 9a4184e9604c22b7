using Diffusion.Denoising;
using Diffusion.Evaluation;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Evaluation;

[TestClass]
public sealed class ExcessErrorTests
{
    [TestMethod]
    public void TheExactPrediction_HasNone()
        => Assert.AreEqual(0, Measure(new MixturePredictor()).Mean, 1e-10);

    [TestMethod]
    public void APredictionOffByAConstant_HasItsSquare_AtEveryLevel()
    {
        ExcessError error = Measure(Shifted(0.25f));
        Assert.HasCount(10, error.Levels);
        foreach (ExcessErrorLevel level in error.Levels)
        {
            Assert.AreEqual(0.0625, level.Mean, 1e-5);
        }

        Assert.AreEqual((0, 999), (error.Levels[0].First, error.Levels[^1].Last));
        Assert.AreEqual(0.0625, error.Mean, 1e-5);
    }

    private static ExcessError Measure(IDenoiser network)
    {
        using DiffusionSampler sampler = new(network, MixturePredictor.Card);
        return ExcessError.Of(sampler, ReferenceData.Mixture, seed: 1, CancellationToken.None);
    }

    private static ClosedForm Shifted(float shift)
    {
        MixturePredictor exact = new();
        return new ClosedForm(2, (x, level, epsilon) =>
        {
            exact.Predict(new DenoiserCall(x, level), epsilon);
            for (int i = 0; i < epsilon.Length; i++)
            {
                epsilon[i] += shift;
            }
        });
    }
}
