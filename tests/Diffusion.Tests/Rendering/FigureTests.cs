using Diffusion.DataSets;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Schedules;
using SkiaSharp;

namespace Diffusion.Tests.Rendering;

[TestClass]
public sealed class FigureTests
{
    private static readonly PointSet Points = KnownDataSets.Find("radial_gmm").Draw(500, seed: 1);

    [TestMethod]
    public void Titles_AreDrawn_WithTheFontThatTheProgramCarries()
    {
        using Picture with = StripFigure.Draw("σ, ε and ᾱ", "", [new Panel("", Points)], PlotRange.Around(Points));
        using Picture without = StripFigure.Draw("", "", [new Panel("", Points)], PlotRange.Around(Points));
        Assert.IsGreaterThan(100, Differences(with, without));
    }

    [TestMethod]
    [DataRow("σ")]
    [DataRow("ε")]
    [DataRow("ᾱ")]
    [DataRow("√")]
    [DataRow("₀")]
    [DataRow("−")]
    public void MathematicalSigns_HaveGlyphsOfTheirOwn(string sign)
    {
        using Picture with = StripFigure.Draw(sign, "", [new Panel("", Points)], PlotRange.Around(Points));
        using Picture missing = StripFigure.Draw("\uFFFE", "", [new Panel("", Points)], PlotRange.Around(Points));
        Assert.IsGreaterThan(0, Differences(with, missing));
    }

    [TestMethod]
    public void ForwardStrip_HasTwelvePanelsInTwoRows()
    {
        using Picture one = ForwardStrip.Draw("radial_gmm", Points, NoiseSchedule.Linear());
        using Picture two = ForwardStrip.Draw("radial_gmm", Points, NoiseSchedule.Linear(), scale: 2);
        Assert.IsTrue(one.Width is > 1200 and < 1400 && one.Height is > 450 and < 600, $"{one.Width}×{one.Height}");
        Assert.AreEqual((2 * one.Width, 2 * one.Height), (two.Width, two.Height));
    }

    [TestMethod]
    public void SameInput_GivesTheSameBytes()
    {
        using Picture first = ForwardStrip.Draw("radial_gmm", Points, NoiseSchedule.Linear());
        using Picture second = ForwardStrip.Draw("radial_gmm", Points, NoiseSchedule.Linear());
        CollectionAssert.AreEqual(Png(first), Png(second));
    }

    [TestMethod]
    public void Range_IsSquareAndShowsEveryPoint()
    {
        PlotRange range = PlotRange.Around(Points, new PointSet([10, -3], 2));
        Assert.AreEqual(range.Right - range.Left, range.Top - range.Bottom, 1e-12);
        for (int i = 0; i < Points.Count; i++)
        {
            Assert.IsTrue(Points[i][0] > range.Left && Points[i][0] < range.Right && Points[i][1] > range.Bottom && Points[i][1] < range.Top);
        }

        Assert.IsGreaterThan(10, range.Right);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 7)]
    public void PointsOfAnyDimension_CanBeDrawn(int dimension, int count)
    {
        PointSet points = new([.. Enumerable.Range(0, dimension * count).Select(i => (float)i)], dimension);
        using Picture picture = StripFigure.Draw("", "", [new Panel("", points)], PlotRange.Around(points));
        Assert.IsTrue(picture.Pixels.ToArray().Distinct().Count() > 2);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(100)]
    [DataRow(20_000)]
    public void Loss_IsDrawn_ForAnyNumberOfIterations(int count)
    {
        using Picture picture = LossFigure.Draw("loss", [.. Enumerable.Range(0, count).Select(i => 0.2f + (1f / (1 + i)))]);
        Assert.IsGreaterThan(20, picture.Pixels.ToArray().Distinct().Count());
    }

    [TestMethod]
    [DataRow(0.15, 1.0)]
    [DataRow(0.3, 0.31)]
    [DataRow(1e-5, 3.0)]
    [DataRow(0.2, 0.3)]
    public void LogarithmicTicks_LieWithinTheAxis_AndAreEnough(double low, double high)
    {
        IReadOnlyList<double> ticks = Ticks.Logarithmic(low, high, 10);
        Assert.IsTrue(ticks.Count is >= 4 and <= 10, $"{ticks.Count} ticks");
        Assert.IsTrue(ticks.All(tick => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)));
    }

    [TestMethod]
    public void LinearTicks_AreRoundNumbers()
    {
        CollectionAssert.AreEqual(new double[] { -4, -2, 0, 2, 4 }, Ticks.Linear(-4.5, 4.5, 5).ToArray());
        CollectionAssert.AreEqual(new[] { "−2", "0", "0.5", "2e−6" }, new[] { -2, -0.0, 0.5, 2e-6 }.Select(Ticks.Label).ToArray());
    }

    /// <summary>Points far from the origin lie on few floats, maybe on one: the axis is widened until numbers fit on it.</summary>
    [TestMethod]
    [DataRow(1e17f)]
    [DataRow(-3e30f)]
    [DataRow(0f)]
    public void PointsThatHardlyDiffer_CanBeDrawn(float value)
    {
        PointSet points = new([value, value, MathF.BitIncrement(value), value], 2);
        PlotRange range = PlotRange.Around(points);
        Assert.IsGreaterThanOrEqualTo(3, Ticks.Linear(range.Left, range.Right, 3).Count);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Ticks.Linear(value, value, 3));
    }

    [TestMethod]
    public void RandomAxes_HaveEnoughTicks_ButNotTooMany()
    {
        Random random = new(1);
        for (int k = 0; k < 10_000; k++)
        {
            double low = Math.Pow(10, (random.NextDouble() * 8) - 6);
            double high = low * (1.01 + Math.Pow(10, random.NextDouble() * 3));
            Assert.IsTrue(Ticks.Logarithmic(low, high, 10).Count is >= 4 and <= 10, $"logarithmic from {low} to {high}");
            Assert.IsTrue(Ticks.Linear(low, high, 4).Count is >= 4 and <= 11, $"linear from {low} to {high}");
        }
    }

    /// <summary>The largest density has the colour of ink, none that of paper, and the panels keep their orientation: the first value is at the top left.</summary>
    [TestMethod]
    public void Densities_AreDrawnInPlace()
    {
        double[] values = new double[64];
        values[0] = 2;
        using Picture picture = DensityFigure.Draw("", "", [new DensityPanel("", values)], new PlotRange(0, 0, 1));
        Assert.AreEqual(0xFF1F242B, Pixel(picture, 44 + 10, 96 + 10));
        Assert.AreEqual(0xFFFFFFFF, Pixel(picture, 44 + 390, 96 + 10));
        Assert.AreEqual(0xFFFFFFFF, Pixel(picture, 44 + 10, 96 + 390));
    }

    [TestMethod]
    public void Convergence_IsDrawn_InTheColourOfItsLine()
    {
        ConvergenceLine steep = new("steep", [(4, 1), (40, 0.001)]);
        ConvergenceLine flat = new("flat", [(4, 0.5)]);
        using Picture picture = ConvergenceFigure.Draw("", [steep, flat]);
        Assert.AreEqual((uint)Theme.Light.Lines[0], Pixel(picture, 421, 290));
        Assert.Contains((uint)Theme.Light.Lines[1], picture.Pixels.ToArray());
    }

    [TestMethod]
    public void StrayPoints_HideNoPicture()
    {
        PointSet stray = new([.. Points.Values, 1e6f, 0, float.NaN, 1, 0, float.PositiveInfinity], 2);
        Assert.AreEqual(PlotRange.Around(Points).Half, PlotRange.Around(stray).Half, 1e-9);
        Assert.AreEqual(new PlotRange(0, 0, 1), PlotRange.Around(new PointSet([float.NaN, 1], 2)));
        using Picture clean = StripFigure.Draw("", "", [new Panel("", Points)], PlotRange.Around(Points));
        using Picture drawn = StripFigure.Draw("", "", [new Panel("", stray)], PlotRange.Around(Points));
        Assert.AreEqual(0, Differences(clean, drawn));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(59)]
    [DataRow(60)]
    [DataRow(100)]
    [DataRow(1000)]
    public void ChosenFrames_IncludeThePriorAndTheSamples_AndNoneIsLost(int steps)
    {
        Assert.HasCount(Math.Min(steps + 1, FrameChoice.UsualFrames), FrameChoice.Closing(steps));
        foreach (IReadOnlySet<int> chosen in new[] { FrameChoice.Closing(steps), FrameChoice.Even(steps, 11) })
        {
            Assert.Contains(0, chosen);
            Assert.Contains(steps, chosen);
            Assert.IsTrue(chosen.All(step => step >= 0 && step <= steps));
        }
    }

    [TestMethod]
    public void Animation_HasItsFramesAndDelays_AndIsSmall()
    {
        Frame[] frames = [.. Enumerable.Range(0, 60).Select(k => new Frame(k, 59 - k, 0.5, KnownDataSets.Find("moons").Draw(1_000, (ulong)k)))];
        using MemoryStream stream = new();
        ReverseAnimation.WriteGif(stream, frames, new AnimationOptions { Title = "moons", Caption = "ddim" });
        Assert.IsLessThan(2_000_000, stream.Length);
        using SKCodec codec = SKCodec.Create(new MemoryStream(stream.ToArray()));
        Assert.AreEqual(60, codec.FrameCount);
        Assert.AreEqual((480, 480), (codec.Info.Width, codec.Info.Height));
        CollectionAssert.AreEqual(new[] { 600, 50, 1600 }, new[] { codec.FrameInfo[0].Duration, codec.FrameInfo[30].Duration, codec.FrameInfo[59].Duration });
    }

    /// <summary>A GIF counts in hundredths of a second; 40 frames a second are frames of 2 and of 3 of them in turn.</summary>
    [TestMethod]
    [DataRow(40)]
    [DataRow(30)]
    [DataRow(7)]
    public void Animation_RunsAtTheRateAskedFor(int rate)
    {
        const int Moving = 100;
        PointSet points = KnownDataSets.Find("moons").Draw(3, seed: 1);
        Frame[] frames = [.. Enumerable.Range(0, Moving + 2).Select(k => new Frame(k, 500, 0.5, points))];
        using MemoryStream stream = new();
        ReverseAnimation.WriteGif(stream, frames, new AnimationOptions { Title = "", Caption = "", FramesPerSecond = rate, Size = AnimationOptions.SmallestSize });
        using SKCodec codec = SKCodec.Create(new MemoryStream(stream.ToArray()));
        Assert.AreEqual((double)Moving / rate, codec.FrameInfo[1..^1].Sum(frame => frame.Duration) / 1000.0, 0.01);
    }

    [TestMethod]
    public void AnimationOptions_OutOfRange_AreRefused()
    {
        AnimationOptions options = new() { Title = "", Caption = "" };
        Assert.AreEqual("The size of an animation must be from 160 to 1080 pixels, was 10.", Assert.ThrowsExactly<DiffusionException>((options with { Size = 10 }).Validate).Message);
        Assert.AreEqual("An animation must have from 1 to 50 frames per second, was 0.", Assert.ThrowsExactly<DiffusionException>((options with { FramesPerSecond = 0 }).Validate).Message);
    }

    private static uint Pixel(Picture picture, int x, int y) => picture.Pixels[(y * picture.Width) + x];

    private static int Differences(Picture first, Picture second)
        => first.Pixels.ToArray().Zip(second.Pixels.ToArray()).Count(pair => pair.First != pair.Second);

    private static byte[] Png(Picture picture)
    {
        using MemoryStream stream = new();
        picture.WritePng(stream);
        return stream.ToArray();
    }
}
