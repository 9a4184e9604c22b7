using Diffusion.Codecs.Columns;

namespace Diffusion.Tests.Codecs;

/// <summary>Laws of the coordinates of a column of categories.</summary>
[TestClass]
public sealed class CategoryCodeTests
{
    [TestMethod]
    [DataRow(2, 1)]
    [DataRow(3, 2)]
    [DataRow(4, 2)]
    [DataRow(5, 3)]
    [DataRow(42, 6)]
    [DataRow(1_025, 11)]
    public void EveryCategory_ComesBack_AndHasAsFewCoordinatesAsItsNumber(int count, int width)
    {
        Random random = new(count);
        CategoryCode code = new([.. Enumerable.Range(0, count).Select(_ => random.NextInt64(0, 1_000))]);
        Assert.AreEqual(width, code.Width);
        for (int k = 0; k < count; k++)
        {
            Assert.AreEqual(k, code.Decode(code.Encode(k)));
        }
    }

    [TestMethod]
    public void Coordinates_HaveMeanZero_AndDeviationOneAtMost()
    {
        long[] counts = [500, 300, 150, 49, 1];
        CategoryCode code = new(counts);
        for (int bit = 0; bit < code.Width; bit++)
        {
            double mean = counts.Select((count, k) => count / 1_000.0 * code.Encode(k)[bit]).Sum();
            double variance = counts.Select((count, k) => count / 1_000.0 * Math.Pow(code.Encode(k)[bit], 2)).Sum();
            Assert.AreEqual(0, mean, 1e-12);
            Assert.IsLessThanOrEqualTo(1 + 1e-12, variance);
        }

        // The last bit is that of one category in a thousand: its deviation is 0.063, and it is divided by 0.3.
        Assert.AreEqual(2 * Math.Sqrt(0.001 * 0.999) / 0.3, Math.Sqrt(Variance(code, counts, bit: 2)), 1e-12);
    }

    /// <summary>Nearest by distance, which the formula with the inner product must equal.</summary>
    [TestMethod]
    public void Decoding_FindsTheNearestCode()
    {
        Random random = new(7);
        CategoryCode code = new([5, 4, 3, 2, 1, 1]);
        for (int trial = 0; trial < 1_000; trial++)
        {
            double[] x = [.. Enumerable.Range(0, code.Width).Select(_ => (6 * random.NextDouble()) - 3)];
            int nearest = Enumerable.Range(0, code.Count)
                .MinBy(k => x.Select((value, j) => Math.Pow(value - code.Encode(k)[j], 2)).Sum());
            Assert.AreEqual(nearest, code.Decode(x));
        }
    }

    [TestMethod]
    public void FewerThanTwoCategories_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => _ = new CategoryCode([3]));
        Assert.ThrowsExactly<ArgumentException>(() => _ = new CategoryCode([0, 0]));
        Assert.ThrowsExactly<ArgumentException>(() => _ = new CategoryCode([3, -1]));
    }

    private static double Variance(CategoryCode code, long[] counts, int bit)
        => counts.Select((count, k) => count / (double)counts.Sum() * Math.Pow(code.Encode(k)[bit], 2)).Sum();
}
