using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Tests.Support;
using Diffusion.Time;

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

    /// <summary>
    /// The lab draws z·A + m with A₁ = [[.05, −.02], [−.02, .4]], m₁ = (0, 1) for a third and A₂ = [[.3,
    /// .05], [.05, .05]], m₂ = (−1, 0) for the rest.
    /// </summary>
    [TestMethod]
    public void TwoComponentMixture_IsThatOfTheLab()
    {
        GaussianMixture mixture = (GaussianMixture)KnownDataSets.Find("2gmm");
        Assert.HasCount(2, mixture.Components);
        Check(mixture.Components[0], weight: 1.0 / 3, mean: [0, 1], covariance: [0.0029, -0.009, 0.1604]);
        Check(mixture.Components[1], weight: 2.0 / 3, mean: [-1, 0], covariance: [0.0925, 0.0175, 0.005]);

        static void Check(GaussianComponent component, double weight, double[] mean, double[] covariance)
        {
            Assert.AreEqual(weight, component.Weight, 1e-15);
            Numbers.AreClose(mean, [component.Mean.X, component.Mean.Y], 1e-15);
            Numbers.AreClose(covariance, [component.Covariance.XX, component.Covariance.XY, component.Covariance.YY], 1e-15);
        }
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
            ExactPredictors.Mixture(ReferenceData.Mixture)(x, NoiseSchedule.Linear().At(indices[k]), epsilon);
            Numbers.AreClose(ReferenceData.Entry(k, "exact_epsilon", "epsilon"), epsilon, 1e-10);
        }
    }

    public static IEnumerable<object[]> Curves =>
    [
        [
            new Moons(),
            (double angle) => new[] { (Math.Cos(angle / 2), Math.Sin(angle / 2)), (1 - Math.Cos(angle / 2), 0.5 - Math.Sin(angle / 2)) },
        ],
        [new Circles(), (double angle) => new[] { (Math.Cos(angle), Math.Sin(angle)), (0.5 * Math.Cos(angle), 0.5 * Math.Sin(angle)) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Curves))]
    public void DistanceToTheCurve_IsThatToItsNearestPoint_AndTheNoiseAcrossIt(IDataSet set, Func<double, (double X, double Y)[]> parts)
    {
        const int Turns = 4_000;
        (double X, double Y)[][] curve = [.. Enumerable.Range(0, Turns + 1).Select(k => parts(Math.Tau * k / Turns))];
        PointSet points = set.Draw(20_000, seed: 1);
        for (int i = 0; i < 100; i++)
        {
            // Twice the noise, so that points between the curves and past their ends are met.
            float[] point = [1.5f * points[i][0], 1.5f * points[i][1]];
            double[] distances =
                [.. Enumerable.Range(0, 2).Select(mode => curve.Min(p => double.Hypot(p[mode].X - point[0], p[mode].Y - point[1])))];
            Assert.AreEqual(distances.Min(), ((ICurve)set).DistanceToCurve(point), 1e-5);
            Assert.AreEqual(Array.IndexOf(distances, distances.Min()), ((IModes)set).ModeOf(point));
        }

        // Across a curve the noise is normal with standard deviation 0.05; a few points lie past an end.
        Assert.AreEqual(
            0.05 * Math.Sqrt(2 / Math.PI), Enumerable.Range(0, points.Count).Average(i => ((ICurve)set).DistanceToCurve(points[i])), 0.002);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Modes_HaveTheSharesTheSetDeclares(string name)
    {
        const int Count = 200_000;
        IDataSet set = KnownDataSets.Find(name);
        IModes modes = (IModes)set;
        PointSet points = set.Draw(Count, seed: 2);
        int[] counts = new int[modes.ModeWeights.Count];
        for (int i = 0; i < Count; i++)
        {
            counts[modes.ModeOf(points[i])]++;
        }

        // Where components overlap, a point may be counted to the other one: 2·10⁻³ is more than they share.
        Assert.AreEqual(1, modes.ModeWeights.Sum(), 1e-12);
        Numbers.AreClose([.. modes.ModeWeights], [.. counts.Select(count => (double)count / Count)], (4 * Math.Sqrt(0.25 / Count)) + 2e-3);
    }

    [TestMethod]
    public void UnknownName_IsAnsweredWithTheNamesThereAre()
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => KnownDataSets.Find("moon"));
        Assert.AreEqual("There is no data set 'moon'. Choose one of: moons, circles, 2gmm, radial_gmm.", exception.Message);
    }
}
