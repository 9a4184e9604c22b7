using Diffusion.Codecs.Columns;

namespace Diffusion.Tests.Codecs;

[TestClass]
public sealed class NormalDistributionTests
{
    /// <summary>½·erfc(−z/√2) of the C library.</summary>
    [TestMethod]
    [DataRow(-37.5, 4.605353009582584e-308)]
    [DataRow(-10, 7.619853024160593e-24)]
    [DataRow(-5, 2.866515718791946e-07)]
    [DataRow(-1, 0.15865525393145707)]
    [DataRow(-0.1, 0.460172162722971)]
    [DataRow(0, 0.5)]
    [DataRow(2.5, 0.9937903346742238)]
    [DataRow(3.5, 0.9997673709209645)]
    public void Cdf_IsThatOfAnIndependentLibrary(double z, double expected)
        => Assert.AreEqual(expected, NormalDistribution.Cdf(z), 1e-12 * expected);

    [TestMethod]
    public void TheTwoFormulas_MeetWithoutAStep()
    {
        foreach (double z in new[] { -3.0, 3.0 })
        {
            double step = NormalDistribution.Cdf(Math.BitIncrement(z)) - NormalDistribution.Cdf(Math.BitDecrement(z));
            Assert.AreEqual(0, step, 1e-15);
        }
    }

    [TestMethod]
    public void Quantile_IsTheInverse_InAllItsParts()
    {
        for (double exponent = -300; exponent < -0.31; exponent += 0.37)
        {
            double p = Math.Pow(10, exponent);
            double z = NormalDistribution.Quantile(p);
            Assert.AreEqual(p, NormalDistribution.Cdf(z), 1e-12 * p * Math.Max(1, z * z), $"p = {p}");
            if (p > 1e-10)
            {
                Assert.AreEqual(-z, NormalDistribution.Quantile(1 - p), 1e-5 * p / NormalDistribution.Density(z), $"1 − {p}");
            }
        }

        Assert.AreEqual(1.959963984540054, NormalDistribution.Quantile(0.975), 1e-14);
        Assert.AreEqual(0, NormalDistribution.Quantile(0.5));
        Assert.AreEqual(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.AreEqual(double.PositiveInfinity, NormalDistribution.Quantile(1));
    }
}
