using Diffusion.Time;

namespace Diffusion.Tests.Schedules;

[TestClass]
public sealed class TimestepGridTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    public static IEnumerable<object[]> GridsAndSteps
        => from grid in TimestepGrids.All from steps in new[] { 1, 2, 3, 7, 20, 333, 999, 1000 } select new object[] { grid.Name, steps };

    [TestMethod]
    [DynamicData(nameof(GridsAndSteps))]
    public void EveryGrid_HasTheStepsAskedFor_DescendingWithinTheSchedule(string name, int steps)
    {
        double[] timesteps = TimestepGrids.Find(name).Create(Schedule, steps);
        Assert.HasCount(steps, timesteps);
        TimestepGrid.Validate(Schedule, timesteps);
    }

    [TestMethod]
    public void LeadingAndTrailing_AreThoseOfTheLiterature()
    {
        CollectionAssert.AreEqual(new double[] { 750, 500, 250, 0 }, TimestepGrids.Leading.Create(Schedule, 4));
        CollectionAssert.AreEqual(new double[] { 999, 749, 499, 249 }, TimestepGrids.Trailing.Create(Schedule, 4));
        CollectionAssert.AreEqual(new double[] { 999, 666, 333, 0 }, TimestepGrids.Uniform.Create(Schedule, 4));
    }

    [TestMethod]
    public void PowerGrids_AreSquaresAndCubes()
    {
        CollectionAssert.AreEqual(
            new double[] { 999, 444, 111, 0 }, TimestepGrids.Quadratic.Create(Schedule, 4).Select(index => Math.Round(index, 9)).ToArray());
        CollectionAssert.AreEqual(
            new double[] { 999, 296, 37, 0 }, TimestepGrids.Cubic.Create(Schedule, 4).Select(index => Math.Round(index, 9)).ToArray());
    }

    [TestMethod]
    public void SigmaGrids_AreEvenlySpacedInTheirFunctionOfSigma()
    {
        AssertEven(TimestepGrids.LogSnr, Math.Log);
        AssertEven(TimestepGrids.Karras, sigma => Math.Pow(sigma, 1.0 / 7));

        static void AssertEven(TimestepGrid grid, Func<double, double> function)
        {
            double[] values = [.. grid.Create(Schedule, 12).Select(index => function(Schedule.At(index).Sigma))];
            double step = (values[^1] - values[0]) / 11;
            for (int k = 0; k < 12; k++)
            {
                Assert.AreEqual(values[0] + (k * step), values[k], 1e-9);
            }
        }
    }

    [TestMethod]
    public void Uniform_StartsAtTheNoisyEnd_EvenForOneStep()
        => CollectionAssert.AreEqual(new double[] { 999 }, TimestepGrids.Uniform.Create(Schedule, 1));

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(1001)]
    public void StepCounts_OutsideTheSchedule_AreRefused(int steps)
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => TimestepGrids.Uniform.Create(Schedule, steps));
        Assert.AreEqual(
            FormattableString.Invariant($"The number of steps must be between 1 and 1000, the number of training timesteps; was {steps}."),
            exception.Message);
    }

    [TestMethod]
    public void Lists_ThatDoNotDescendWithinTheSchedule_AreRefused()
    {
        double[][] lists = [[], [5, 5], [1, 2], [1000, 1], [-0.5], [double.NaN], [999, double.NaN]];
        foreach (double[] list in lists)
        {
            Assert.ThrowsExactly<DiffusionException>(() => TimestepGrid.Validate(Schedule, list));
        }
    }
}
