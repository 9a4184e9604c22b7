using Diffusion.DataSets;
using Diffusion.Metrics;
using Diffusion.Points;

namespace Diffusion.Tests.Metrics;

[TestClass]
public sealed class MetricTests
{
    private static readonly PointSet Points = KnownDataSets.Find("2gmm").Draw(2_000, seed: 1);

    [TestMethod]
    public void SlicedWasserstein_OfAShift_IsItsLengthOverRootTwo()
    {
        // A shift by v moves a projection by v·θ, whose mean square over directions is |v|²/2.
        Assert.AreEqual(5 / Math.Sqrt(2), SlicedWasserstein.Distance(Points, Shifted(3, -4)), 1e-4);
        Assert.AreEqual(0, SlicedWasserstein.Distance(Points, Points));
    }

    [TestMethod]
    public void NearestNeighborAccuracy_IsOneForSetsApart_AndAHalfForEqualDistributions()
    {
        Assert.AreEqual(1, NearestNeighborTest.Accuracy(Points, Shifted(100, 0)));
        PointSet fresh = KnownDataSets.Find("2gmm").Draw(2_000, seed: 2);
        Assert.AreEqual(0.5, NearestNeighborTest.Accuracy(Points, fresh), 4 * Math.Sqrt(0.25 / 4_000));
    }

    [TestMethod]
    public void NearestNeighborAccuracy_IsZeroForCopies()
        => Assert.AreEqual(0, NearestNeighborTest.Accuracy(Points, Shifted(1e-5f, 0)), 0.01);

    [TestMethod]
    public void SetsOfDifferentSize_AreRefused()
    {
        PointSet one = new([1, 2], 2);
        Assert.ThrowsExactly<ArgumentException>(() => SlicedWasserstein.Distance(Points, one));
        Assert.ThrowsExactly<ArgumentException>(() => NearestNeighborTest.Accuracy(Points, one));
    }

    private static PointSet Shifted(float x, float y)
        => new([.. Points.Values.ToArray().Select((value, i) => value + (i % 2 == 0 ? x : y))], 2);
}
