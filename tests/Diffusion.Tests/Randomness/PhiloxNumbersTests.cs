using Diffusion.Randomness;

namespace Diffusion.Tests.Randomness;

[TestClass]
public sealed class PhiloxNumbersTests
{
    [TestMethod]
    public void AnyPart_HasTheValuesOfTheWhole()
    {
        PhiloxNormal normal = new(5, RandomDomain.Sampling);
        float[] whole = new float[500];
        normal.Fill(3, 1000, whole);
        foreach ((int first, int length) in new[] { (0, 1), (1, 31), (7, 32), (24, 100), (32, 64), (499, 1), (0, 500) })
        {
            float[] part = new float[length];
            normal.Fill(3, 1000 + first, part);
            CollectionAssert.AreEqual(whole[first..(first + length)], part, $"{length} numbers from {first}");
        }
    }

    /// <summary>From a scalar Philox4x32-10 and the transform of Box and Muller in double, written for this purpose in Python.</summary>
    [TestMethod]
    [DataRow(0, -0.8136836845932576)]
    [DataRow(7, 0.08576692367562203)]
    [DataRow(8, 0.32000232484938107)]
    [DataRow(16, 0.3911013337250424)]
    [DataRow(24, 0.580175388069475)]
    [DataRow(31, 0.531246001366224)]
    [DataRow(32, -0.5384066127788789)]
    [DataRow(1000003, 0.8238651557378299)]
    [DataRow(68719476755, 0.346473048098244)]
    public void Normals_HaveKnownValues(long position, double expected)
    {
        float[] z = new float[1];
        new PhiloxNormal(0x123456789ABCDEF0, RandomDomain.Sampling).Fill(5, position, z);
        Assert.AreEqual(expected, z[0], 1e-6);
    }

    [TestMethod]
    public void Normals_HaveTheMomentsAndTailsOfANormalDistribution()
    {
        const int Count = 4_000_000;
        float[] z = new float[Count];
        new PhiloxNormal(1, RandomDomain.Sampling).Fill(0, 0, z);

        // Four standard errors of each: the moments of order 2k of a normal have variance (4k−1)!! − ((2k−1)!!)².
        Assert.AreEqual(0, z.Average(v => (double)v), 4 * Math.Sqrt(1.0 / Count));
        Assert.AreEqual(1, z.Average(v => (double)v * v), 4 * Math.Sqrt(2.0 / Count));
        Assert.AreEqual(0, z.Average(v => (double)v * v * v), 4 * Math.Sqrt(15.0 / Count));
        Assert.AreEqual(3, z.Average(v => (double)v * v * v * v), 4 * Math.Sqrt(96.0 / Count));
        const double BeyondThree = 0.0026998;
        Assert.AreEqual(BeyondThree, z.Count(v => Math.Abs(v) > 3) / (double)Count, 4 * Math.Sqrt(BeyondThree / Count));
        Assert.IsTrue(z.All(float.IsFinite));
    }

    [TestMethod]
    public void Neighbours_AreNotCorrelated()
    {
        const int Count = 1_000_000;
        float[] z = new float[Count];
        new PhiloxNormal(2, RandomDomain.Sampling).Fill(0, 0, z);
        foreach (int lag in new[] { 1, 2, 8, 16, 32 })
        {
            double correlation = Enumerable.Range(0, Count - lag).Average(i => (double)z[i] * z[i + lag]);
            Assert.AreEqual(0, correlation, 4 / Math.Sqrt(Count), $"lag {lag}");
        }
    }

    [TestMethod]
    public void Uniforms_AreUniformOnZeroToOne()
    {
        const int Count = 1_000_000;
        float[] u = new float[Count];
        new PhiloxUniform(1, RandomDomain.Timestep).Fill(0, 0, u);
        Assert.IsTrue(u.All(v => v is >= 0 and < 1));
        foreach (IGrouping<int, float> bin in u.GroupBy(v => (int)(v * 10)))
        {
            Assert.AreEqual(0.1, bin.Count() / (double)Count, 4 * Math.Sqrt(0.09 / Count));
        }
    }

    [TestMethod]
    public void Seeds_Domains_AndStreams_AreIndependent()
    {
        float[][] draws =
        [
            Draw(1, RandomDomain.Sampling, 0), Draw(2, RandomDomain.Sampling, 0), Draw(1UL << 32, RandomDomain.Sampling, 0),
            Draw(1, RandomDomain.Data, 0), Draw(1, RandomDomain.Sampling, 1),
        ];
        Assert.HasCount(draws.Length * draws[0].Length, draws.SelectMany(draw => draw).Distinct());

        static float[] Draw(ulong seed, RandomDomain domain, uint stream)
        {
            float[] numbers = new float[64];
            new PhiloxNormal(seed, domain).Fill(stream, 0, numbers);
            return numbers;
        }
    }

    [TestMethod]
    public void Positions_Beyond32Bits_DoNotRepeat()
    {
        PhiloxNormal normal = new(1, RandomDomain.Sampling);
        float[] low = new float[32];
        float[] high = new float[32];
        normal.Fill(0, 0, low);
        normal.Fill(0, 1L << 34, high);
        CollectionAssert.AreNotEqual(low, high);
    }
}
