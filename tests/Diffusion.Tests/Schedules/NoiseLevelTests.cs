using Diffusion.Time;

namespace Diffusion.Tests.Schedules;

[TestClass]
public sealed class NoiseLevelTests
{
    private static readonly NoiseSchedule[] Schedules =
    [
        NoiseSchedule.Linear(), NoiseSchedule.Cosine(50), NoiseSchedule.Linear(200).RescaleToZeroTerminalSnr(),
    ];

    public static IEnumerable<object[]> Levels =>
        from k in Enumerable.Range(0, Schedules.Length)
        from share in new[] { 0, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.777, 0.999, 1 }
        select new object[] { k, share };

    /// <summary>What a level says of itself, it says of one ᾱ.</summary>
    [TestMethod]
    [DynamicData(nameof(Levels))]
    public void SignalAndNoise_BelongTogether(int schedule, double share)
    {
        NoiseLevel level = LevelAt(Schedules[schedule], share);
        Assert.AreEqual(1, (level.Signal * level.Signal) + (level.Noise * level.Noise), 1e-15);
        Assert.AreEqual(level.AlphaBar, level.Signal * level.Signal, 1e-15);
        Assert.AreEqual(level.Noise, level.Sigma * level.Signal, 1e-15);
        Assert.AreEqual(level.Sigma, Math.Exp(level.LogSigma), 1e-12 * level.Sigma);
        Assert.AreEqual(level.Timestep + 1, level.Time);
        Assert.AreEqual(share == 0, level.IsClean);
    }

    [TestMethod]
    [DynamicData(nameof(Levels))]
    public void AtSigma_FindsTheLevelAgain(int schedule, double share)
    {
        NoiseLevel level = LevelAt(Schedules[schedule], share);
        NoiseLevel found = Schedules[schedule].AtSigma(level.Sigma);
        Assert.AreEqual(level.Timestep, found.Timestep, 1e-9);
        Assert.AreEqual(level.AlphaBar, found.AlphaBar, 1e-12);
        Assert.AreNotEqual(
            level,
            Schedules[schedule].AtSigma(share == 1 ? level.Sigma * 0.99 : (level.Sigma * 1.01) + 1e-6),
            "Another σ is another level.");
    }

    [TestMethod]
    public void TheEnds_AreCleanData_AndTheLastTimestep()
    {
        foreach (NoiseSchedule schedule in Schedules)
        {
            Assert.AreEqual(NoiseLevel.Clean, schedule.At(NoiseSchedule.CleanIndex));
            Assert.AreEqual(NoiseLevel.Clean, schedule.AtSigma(0));
            Assert.AreEqual(schedule.At(schedule.TrainTimesteps - 1), schedule.AtSigma(double.PositiveInfinity));
            Assert.AreEqual(NoiseLevel.Clean, schedule.Final);
            Assert.AreEqual(schedule.At(0), schedule.WithSampling(endsAtFirstLevel: true, grid: null).Final);
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => schedule.AtSigma(-0.5));
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => schedule.AtSigma(double.NaN));
        }

        Assert.AreEqual(
            (0.0, 1.0, 0.0, 0.0), (NoiseLevel.Clean.Time, NoiseLevel.Clean.Signal, NoiseLevel.Clean.Noise, NoiseLevel.Clean.Sigma));
    }

    [TestMethod]
    [DataRow(-1.0, 0.0)]
    [DataRow(0.0, 1.0)]
    [DataRow(500.5, 501.5)]
    [DataRow(999.0, 1000.0)]
    public void PaperTime_IsOneMoreThanTheTimestep(double timestep, double time)
    {
        Assert.AreEqual(time, PaperTime.FromTimestep(timestep));
        Assert.AreEqual(timestep, PaperTime.ToTimestep(time));
    }

    /// <summary>From clean data, 0, to T, 1.</summary>
    private static NoiseLevel LevelAt(NoiseSchedule schedule, double share)
        => schedule.At(PaperTime.ToTimestep(share * schedule.TrainTimesteps));
}
