using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Schedules;

[TestClass]
public sealed class NoiseScheduleTests
{
    [TestMethod]
    public void Linear_HasTheValuesOfTheReference()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        int[] indices = Array.ConvertAll(ReferenceData.Array("schedule", "index"), index => (int)index);
        Numbers.AreClose(ReferenceData.Array("schedule", "beta"), Array.ConvertAll(indices, i => schedule.Betas[i]), 1e-15);
        Numbers.AreClose(ReferenceData.Array("schedule", "alpha_bar"), Array.ConvertAll(indices, i => schedule.AlphaBars[i]), 1e-12);
    }

    [TestMethod]
    public void Linear_ScalesBeta_SoThatTheEndHardlyDependsOnT()
    {
        double reference = Math.Log(NoiseSchedule.Linear().TerminalAlphaBar);
        foreach (int trainTimesteps in new[] { 200, 500, 4000 })
        {
            Assert.AreEqual(1, Math.Log(NoiseSchedule.Linear(trainTimesteps).TerminalAlphaBar) / reference, 0.06, $"T = {trainTimesteps}");
        }
    }

    [TestMethod]
    public void Cosine_FollowsItsSquaredCosine_UntilBetaIsClipped()
    {
        const int T = 1000;
        NoiseSchedule schedule = NoiseSchedule.Cosine(T);
        foreach (int index in new[] { 0, 99, 499, 899, 989 })
        {
            Assert.AreEqual(F((index + 1.0) / T) / F(0), schedule.AlphaBars[index], 1e-12, $"index {index}");
        }

        Assert.AreEqual(0.999, schedule.Betas[^1]);

        static double F(double u) => Math.Pow(Math.Cos((u + 0.008) / 1.008 * Math.PI / 2), 2);
    }

    [TestMethod]
    public void AlphaBar_BetweenIndices_HasALinearLogSigma()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        Assert.AreEqual((schedule.LogSigmas[99] + schedule.LogSigmas[100]) / 2, schedule.At(99.5).LogSigma, 1e-12);
    }

    [TestMethod]
    public void AtSigma_IsTheInverseOfSigma()
    {
        foreach (NoiseSchedule schedule in new[] { NoiseSchedule.Linear(), NoiseSchedule.Cosine(50) })
        {
            for (double index = NoiseSchedule.CleanIndex; index <= schedule.TrainTimesteps - 1; index += 0.125)
            {
                Assert.AreEqual(index, schedule.AtSigma(schedule.At(index).Sigma).Timestep, 1e-9);
            }
        }
    }

    [TestMethod]
    public void AlphaBar_FallsFromOne_WithoutAJump()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        Assert.AreEqual(NoiseSchedule.CleanAlphaBar, schedule.At(NoiseSchedule.CleanIndex).AlphaBar);
        double previous = 1;
        for (double index = -0.99; index <= 999; index += 0.01)
        {
            double alphaBar = schedule.At(index).AlphaBar;
            Assert.IsTrue(alphaBar < previous && previous - alphaBar < 1e-4, $"index {index}: {previous} to {alphaBar}");
            previous = alphaBar;
        }
    }

    [TestMethod]
    [DataRow(-1.01)]
    [DataRow(999.01)]
    [DataRow(double.NaN)]
    public void AlphaBar_OutsideTheSchedule_IsRefused(double index)
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NoiseSchedule.Linear().At(index));

    [TestMethod]
    public void Betas_OutsideZeroToOne_AreRefused()
    {
        Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.Linear(10));
        Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.Linear(1));
        Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.FromBetas([0.1, double.NaN]));
        Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.FromBetas([0.1, 0]));
    }
}
