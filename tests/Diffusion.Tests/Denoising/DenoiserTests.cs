using Diffusion.Denoising;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Denoising;

/// <summary>What stands between a network and the solvers.</summary>
[TestClass]
public sealed class DenoiserTests
{
    /// <summary>The same exact knowledge, told as ε, as v or as x₀, gives the same samples.</summary>
    [TestMethod]
    [DataRow(PredictionType.VPrediction)]
    [DataRow(PredictionType.Sample)]
    public void PredictionTypes_GiveTheSameSamples(PredictionType prediction)
    {
        using DiffusionSampler expected = new(new MixturePredictor(), MixturePredictor.Card);
        using DiffusionSampler actual = new(Retold(prediction), MixturePredictor.Card with { Prediction = prediction });
        float[] first = expected.Sample(100, seed: 2).Values.ToArray();
        float[] second = actual.Sample(100, seed: 2).Values.ToArray();
        for (int i = 0; i < first.Length; i++)
        {
            Assert.AreEqual(first[i], second[i], 2e-3);
        }
    }

    [TestMethod]
    public void Clipping_KeepsSamplesWithinTheBound_AndFarBoundsChangeNothing()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        float[] free = sampler.Sample(200, seed: 1).Values.ToArray();
        float[] clipped = Sample(new ClippingOptions { Bound = 1.5 });
        Assert.IsGreaterThan(2, free.Max());
        Assert.AreEqual(1.5, clipped.Max(), 1e-4);
        Assert.AreEqual(-1.5, clipped.Min(), 1e-4);
        float[] far = Sample(new ClippingOptions { Bound = 1000 });
        Assert.IsLessThan(1e-2, free.Zip(far, (a, b) => Math.Abs(a - b)).Max());

        float[] Sample(ClippingOptions clipping)
            => sampler.Sample(new SamplingJob { Count = 200, Seed = 1, Clipping = clipping }).Values.ToArray();
    }

    /// <summary>At x = 0 with ᾱ near 1 the clean data are −σ·ε̂, so a constant prediction shows what the limit does to them.</summary>
    [TestMethod]
    public void DynamicThresholding_ScalesAPointIntoTheBound()
    {
        NoiseLevel level = NoiseSchedule.Linear().At(500);
        ClosedForm constant = new(3, (_, _, epsilon) => new[] { -4, -2, -0.1f }.CopyTo(epsilon));
        ConstrainedDenoiser limit = new(constant, new Clipping(new ClippingOptions { Bound = 2 * level.Sigma, Percentile = 1 }));
        float[] epsilon = new float[3];
        limit.Predict(new DenoiserCall(new float[3], level), epsilon);
        CollectionAssert.AreEqual(new[] { -2f, -1f, -0.05f }, Array.ConvertAll(epsilon, value => MathF.Round(value, 5)));

        limit = new ConstrainedDenoiser(constant, new Clipping(new ClippingOptions { Bound = 2 * level.Sigma }));
        limit.Predict(new DenoiserCall(new float[3], level), epsilon);
        CollectionAssert.AreEqual(new[] { -2f, -2f, -0.1f }, Array.ConvertAll(epsilon, value => MathF.Round(value, 5)));
    }

    /// <summary>The exact prediction of the mixture, turned from ε into another form.</summary>
    private static ClosedForm Retold(PredictionType prediction)
    {
        MixturePredictor exact = new();
        return new ClosedForm(2, Predict) { Signature = exact.Signature with { Prediction = prediction } };

        void Predict(ReadOnlySpan<float> x, NoiseLevel level, Span<float> output)
        {
            exact.Predict(new DenoiserCall(x, level), output);
            for (int i = 0; i < x.Length; i++)
            {
                double clean = (x[i] - (Math.Sqrt(1 - level.AlphaBar) * output[i])) / Math.Sqrt(level.AlphaBar);
                output[i] = (float)(prediction == PredictionType.Sample
                    ? clean
                    : (Math.Sqrt(level.AlphaBar) * output[i]) - (Math.Sqrt(1 - level.AlphaBar) * clean));
            }
        }
    }
}
