using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Schedules;

[TestClass]
public sealed class ForwardProcessTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(300)]
    [DataRow(999)]
    public void NoisyPoints_HaveMean_SignalTimesMean_AndCovariance_AlphaBarTimesCovariancePlusNoise(int index)
    {
        const int Count = 400_000;
        NoiseLevel level = NoiseSchedule.Linear().At(index);
        GaussianMixture set = ReferenceData.Mixture;
        PointSet clean = set.Draw(Count, seed: 1);
        float[] noise = new float[Count * 2];
        float[] noisy = new float[Count * 2];
        new PhiloxNormal(1, RandomDomain.Forward).Fill(0, 0, noise);
        ForwardProcess.AddNoise(clean.Values, noise, level, noisy);

        (double[] mean, double[] covariance) = Numbers.Moments(noisy, 2);

        // Four standard errors of a mean and of a variance of about 5.
        Numbers.AreClose([.. set.Mean.Select(m => level.Signal * m)], mean, 4 * Math.Sqrt(5.0 / Count));
        double[] expected = [.. set.Covariance.Select((c, j) => (level.AlphaBar * c) + (j is 0 or 3 ? 1 - level.AlphaBar : 0))];
        Numbers.AreClose(expected, covariance, 4 * 5 * Math.Sqrt(2.0 / Count));
    }

    /// <summary>
    /// Of N(0, I) the score is −x and the exact noise prediction √(1−ᾱ)·x: there is nothing to move. Of a
    /// point mass at 0 everything moves straight to it.
    /// </summary>
    [TestMethod]
    [DataRow(0.01)]
    [DataRow(0.5)]
    [DataRow(0.99)]
    public void Flow_OfKnownDistributions(double alphaBar)
    {
        (double ofX, double ofEpsilon) = ForwardProcess.Flow(new NoiseLevel(500, alphaBar));
        Assert.AreEqual(0, ofX + (ofEpsilon * Math.Sqrt(1 - alphaBar)), 1e-12);

        // A point mass at 0: x = √(1−ᾱ)·ε, so ε̂ = x/√(1−ᾱ).
        Assert.IsLessThan(0, ofX + (ofEpsilon / Math.Sqrt(1 - alphaBar)));
    }
}
