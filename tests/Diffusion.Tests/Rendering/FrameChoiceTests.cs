using Diffusion.Rendering.Animation;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Tests.Rendering;

/// <summary>Which steps of a run an animation shows.</summary>
[TestClass]
public sealed class FrameChoiceTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    /// <summary>The animation begins with the prior and ends with the samples, and on the way the angle arccos √ᾱ never rises.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(100)]
    [DataRow(1000)]
    public void ChosenSteps_IncludeThePriorAndTheSamples(int steps)
    {
        Tableau tableau = new Ddim().Build(Schedule, TimestepGrids.Uniform.Create(Schedule, steps));
        IReadOnlySet<int> chosen = FrameChoice.Of(tableau);
        Assert.Contains(0, chosen);
        Assert.Contains(steps, chosen);
        Assert.IsTrue(chosen.Count <= FrameChoice.UsualFrames && chosen.All(step => step >= 0 && step <= steps));
    }

    /// <summary>Of a thousand even steps the last tenth, where the shapes appear, gets a third of the frames.</summary>
    [TestMethod]
    public void LowNoise_GetsItsTime()
    {
        Tableau tableau = new Ddim().Build(Schedule, TimestepGrids.Uniform.Create(Schedule, 1_000));
        Assert.IsGreaterThanOrEqualTo(FrameChoice.UsualFrames / 3, FrameChoice.Of(tableau).Count(step => step >= 900));
    }
}
