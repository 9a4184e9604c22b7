using Diffusion.DataSets;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.DataSets;

[TestClass]
public sealed class DataSetTests
{
    public static IEnumerable<object[]> Names => KnownDataSets.All.Select(set => new object[] { set.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Points_HaveTheMomentsTheSetDeclares(string name)
    {
        const int Count = 1_000_000;
        IDataSet set = KnownDataSets.Find(name);
        (double[] mean, double[] covariance) = Numbers.Moments(set.Draw(Count, seed: 3).Values, 2);

        // Four standard errors, with the largest variance of the set and a fourth moment of at most three times its square.
        double variance = set.Covariance.Max();
        Numbers.AreClose([.. set.Mean], mean, 4 * Math.Sqrt(variance / Count));
        Numbers.AreClose([.. set.Covariance], covariance, 4 * variance * Math.Sqrt(2.0 / Count));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ExactlyAsManyPointsAreDrawn_AsAreAskedFor(string name)
    {
        foreach (int count in new[] { 0, 1, 2, 3, 999, 1000, 1001 })
        {
            Assert.AreEqual(count, KnownDataSets.Find(name).Draw(count, seed: 1).Count);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void AnyPart_HasThePointsOfTheWhole(string name)
    {
        IDataSet set = KnownDataSets.Find(name);
        PointSet whole = set.Draw(100, seed: 9);
        float[] part = new float[2 * 41];
        set.Draw(9, 37, part);
        CollectionAssert.AreEqual(whole.Values.Slice(2 * 37, 2 * 41).ToArray(), part);
    }

    [TestMethod]
    public void RadialMixture_IsThatOfTheReference()
    {
        GaussianMixture mixture = ReferenceData.Mixture;
        for (int k = 0; k < mixture.Components.Count; k++)
        {
            GaussianComponent component = mixture.Components[k];
            Numbers.AreClose(ReferenceData.Entry(k, "mixture", "means"), [component.Mean.X, component.Mean.Y], 1e-12);
            (double xx, double xy, double yy) = component.Covariance;
            Numbers.AreClose(ReferenceData.Entry(k, "mixture", "covariances"), [xx, xy, xy, yy], 1e-12);
        }
    }

    [TestMethod]
    public void Mixture_PredictsTheNoiseOfTheReference()
    {
        double[] x = ReferenceData.Array("exact_epsilon", "x");
        double[] indices = ReferenceData.Array("exact_epsilon", "index");
        for (int k = 0; k < indices.Length; k++)
        {
            double[] epsilon = new double[x.Length];
            ExactPredictors.Mixture(Diffusion.Schedules.NoiseSchedule.Linear(), ReferenceData.Mixture)(x, indices[k], epsilon);
            Numbers.AreClose(ReferenceData.Entry(k, "exact_epsilon", "epsilon"), epsilon, 1e-10);
        }
    }

    [TestMethod]
    public void Moons_AreTwoHalfCirclesApart()
    {
        PointSet points = KnownDataSets.Find("moons").Draw(10_000, seed: 1);
        double[] distances = [.. Enumerable.Range(0, points.Count).Select(i => Math.Min(UpperMoon(points[i][0], points[i][1]), UpperMoon(1 - points[i][0], 0.5 - points[i][1])))];

        // The noise across a curve is normal with standard deviation 0.05; a few points lie past an end.
        Assert.AreEqual(0.05 * Math.Sqrt(2 / Math.PI), distances.Average(), 0.002);

        static double UpperMoon(double x, double y)
            => y >= 0 ? Math.Abs(Math.Sqrt((x * x) + (y * y)) - 1) : Math.Min(Math.Sqrt(((x - 1) * (x - 1)) + (y * y)), Math.Sqrt(((x + 1) * (x + 1)) + (y * y)));
    }

    [TestMethod]
    public void UnknownName_IsAnsweredWithTheNamesThereAre()
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => KnownDataSets.Find("moon"));
        Assert.AreEqual("There is no data set 'moon'. Choose one of: moons, circles, 2gmm, radial_gmm.", exception.Message);
    }
}
