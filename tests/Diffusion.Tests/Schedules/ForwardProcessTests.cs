using Diffusion.DataSets;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Schedules;
using Diffusion.Tests.Support;

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
        double alphaBar = NoiseSchedule.Linear().AlphaBarAt(index);
        GaussianMixture set = ReferenceData.Mixture;
        PointSet clean = set.Draw(Count, seed: 1);
        float[] noise = new float[Count * 2];
        float[] noisy = new float[Count * 2];
        new PhiloxNormal(1, RandomDomain.Forward).Fill(0, 0, noise);
        ForwardProcess.AddNoise(clean.Values, noise, alphaBar, noisy);

        (double[] mean, double[] covariance) = Numbers.Moments(noisy, 2);

        // Four standard errors of a mean and of a variance of about 5.
        Numbers.AreClose([.. set.Mean.Select(m => Math.Sqrt(alphaBar) * m)], mean, 4 * Math.Sqrt(5.0 / Count));
        double[] expected = [.. set.Covariance.Select((c, j) => (alphaBar * c) + (j is 0 or 3 ? 1 - alphaBar : 0))];
        Numbers.AreClose(expected, covariance, 4 * 5 * Math.Sqrt(2.0 / Count));
    }
}
