using Diffusion.Data.BuiltIn;
using Diffusion.Evaluation.Metrics;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Tests.Support;

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
    public void SlicedWasserstein_OnALine_IsTheWassersteinDistance()
        => Assert.AreEqual(3, SlicedWasserstein.Distance(new PointSet([5, 1, 2], 1), new PointSet([4, 8, 5], 1)), 1e-6);

    [TestMethod]
    public void SlicedWasserstein_InSpace_OfAShift_IsItsLengthOverTheRootOfTheDimension()
    {
        const int Dimension = 6;
        PointSet points = new([.. Points.Values[..(300 * Dimension)]], Dimension);
        PointSet shifted = new([.. points.Values.ToArray().Select((value, i) => value + (i % Dimension == 0 ? 2 : 0))], Dimension);

        // (v·θ)² has the relative variance 2(d−1)/(d+2) over directions; four standard errors of 256 of them, halved by the root.
        double tolerance = 4 * Math.Sqrt(2.0 * (Dimension - 1) / (Dimension + 2) / SlicedWasserstein.Directions) / 2;
        Assert.AreEqual(1, SlicedWasserstein.Distance(points, shifted) / (2 / Math.Sqrt(Dimension)), tolerance);
    }

    [TestMethod]
    public void EnergyDistance_IsItsDefinition()
    {
        float[] x = [.. Points.Values[..60]];
        float[] y = [.. Points.Values[60..120]];
        double expected = (2 * MeanDistance(x, y)) - MeanDistance(x, x) - MeanDistance(y, y);
        Assert.AreEqual(expected, EnergyDistance.Between(new PointSet(x, 3), new PointSet(y, 3)), 1e-6);

        static double MeanDistance(float[] a, float[] b)
            => a.Chunk(3).Average(p => b.Chunk(3).Average(q => Math.Sqrt(p.Zip(q, (u, v) => (double)(u - v) * (u - v)).Sum())));
    }

    [TestMethod]
    public void EnergyDistance_OfTwoPointMasses_IsTwiceTheirDistance_AndOfEqualSetsZero()
    {
        Assert.AreEqual(10, EnergyDistance.Between(new PointSet([0, 0, 0, 0], 2), new PointSet([3, 4, 3, 4], 2)), 1e-6);
        Assert.AreEqual(0, EnergyDistance.Between(Points, Points), 1e-6);
    }

    [TestMethod]
    public void EnergyDistance_OfIndependentSets_IsTwiceTheMeanDistanceOverN()
    {
        // Standard normals on a line: E|X−X′| = 2/√π, so that the mean of the statistic is 4/(√π·n).
        const int Count = 200;
        double mean = Enumerable.Range(0, 400).Average(k => EnergyDistance.Between(Normals(2 * (uint)k), Normals((2 * (uint)k) + 1)));
        Assert.AreEqual(4 / (Math.Sqrt(Math.PI) * Count), mean, 0.2 * 4 / (Math.Sqrt(Math.PI) * Count));

        static PointSet Normals(uint stream)
        {
            float[] values = new float[Count];
            new PhiloxNormal(1, RandomDomain.Data).Fill(stream, 0, values);
            return new PointSet(values, 1);
        }
    }

    [TestMethod]
    public void Moments_OfAStretchedAndTurnedSet_DifferByWhatWasDone()
    {
        PointSet points = new([1, 1, -1, -1, 2, 2, -2, -2], 2);
        PointSet moved = new([.. points.Values.ToArray().Select((value, i) => i % 2 == 0 ? value + 3 : -value)], 2);
        PointSet stretched = new([.. points.Values.ToArray().Select((value, i) => i % 2 == 0 ? value : 2 * value)], 2);
        Assert.AreEqual(3, MomentDifference.OfMeans(points, moved), 1e-9);
        Assert.AreEqual(0, MomentDifference.OfDeviations(points, moved), 1e-9);
        Assert.AreEqual(2, MomentDifference.OfCorrelations(points, moved), 1e-9);
        Assert.AreEqual(Math.Sqrt(2.5), MomentDifference.OfDeviations(points, stretched), 1e-9);
        Assert.AreEqual(0, MomentDifference.OfCorrelations(points, stretched), 1e-9);
        Assert.AreEqual(0, MomentDifference.OfCorrelations(new PointSet([1, 2, 1, 3], 2), new PointSet([1, 2, 1, 3], 2)), 1e-9);
    }

    [TestMethod]
    public void NearestDistance_IsThatToTheNearestPoint_AndZeroForACopy()
        => Numbers.AreClose([5, 0], NearestDistance.Of(new PointSet([3, 4, 9, 9], 2), new PointSet([0, 0, 9, 9, -1, -1], 2)), 1e-6);

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
        Assert.ThrowsExactly<ArgumentException>(() => EnergyDistance.Between(Points, one));
        Assert.ThrowsExactly<ArgumentException>(() => NearestDistance.Of(Points, new PointSet([1], 1)));
    }

    private static PointSet Shifted(float x, float y)
        => new([.. Points.Values.ToArray().Select((value, i) => value + (i % 2 == 0 ? x : y))], 2);
}
