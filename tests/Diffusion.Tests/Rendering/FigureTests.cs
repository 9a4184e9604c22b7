using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Rendering;

[TestClass]
public sealed class FigureTests
{
    private static readonly PointSet Points = KnownDataSets.Find("radial_gmm").Draw(500, seed: 1);
    private static readonly SampleBatch Samples = new(Points.AsMemory(), SampleShape.Vector(2));

    [TestMethod]
    public void Titles_AreDrawn_WithTheFontThatTheProgramCarries()
    {
        using Picture with = StripFigure.Draw("σ, ε and ᾱ", "", [new Panel("", Points)], PlotRange.Around(Points)).ToPicture();
        using Picture without = StripFigure.Draw("", "", [new Panel("", Points)], PlotRange.Around(Points)).ToPicture();
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
        using Picture with = StripFigure.Draw(sign, "", [new Panel("", Points)], PlotRange.Around(Points)).ToPicture();
        using Picture missing = StripFigure.Draw("\uFFFE", "", [new Panel("", Points)], PlotRange.Around(Points)).ToPicture();
        Assert.IsGreaterThan(0, Differences(with, missing));
    }

    [TestMethod]
    public void ForwardStrip_HasTwelvePanelsInTwoRows()
    {
        using Picture one = ForwardStrip.Draw("radial_gmm", Samples, NoiseSchedule.Linear()).ToPicture();
        using Picture two = ForwardStrip.Draw("radial_gmm", Samples, NoiseSchedule.Linear()).ToPicture(2);
        Assert.IsTrue(one.Width is > 1200 and < 1400 && one.Height is > 450 and < 600, $"{one.Width}×{one.Height}");
        Assert.AreEqual((2 * one.Width, 2 * one.Height), (two.Width, two.Height));
    }

    [TestMethod]
    public void SameInput_GivesTheSameBytes()
    {
        using Picture first = ForwardStrip.Draw("radial_gmm", Samples, NoiseSchedule.Linear()).ToPicture();
        using Picture second = ForwardStrip.Draw("radial_gmm", Samples, NoiseSchedule.Linear()).ToPicture();
        CollectionAssert.AreEqual(Png(first), Png(second));
    }

    [TestMethod]
    public void Range_IsSquareAndShowsEveryPoint()
    {
        PlotRange range = PlotRange.Around(Points, new PointSet([10, -3], 2));
        Assert.AreEqual(range.Right - range.Left, range.Top - range.Bottom, 1e-12);
        for (int i = 0; i < Points.Count; i++)
        {
            Assert.IsTrue(
                Points[i][0] > range.Left && Points[i][0] < range.Right && Points[i][1] > range.Bottom && Points[i][1] < range.Top);
        }

        Assert.IsGreaterThan(10, range.Right);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 7)]
    public void PointsOfAnyDimension_CanBeDrawn(int dimension, int count)
    {
        PointSet points = new([.. Enumerable.Range(0, dimension * count).Select(i => (float)i)], dimension);
        using Picture picture = StripFigure.Draw("", "", [new Panel("", points)], PlotRange.Around(points)).ToPicture();
        Assert.IsTrue(picture.Pixels.ToArray().Distinct().Count() > 2);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(100)]
    [DataRow(20_000)]
    public void Loss_IsDrawn_ForAnyNumberOfIterations(int count)
    {
        using Picture picture = LossFigure.Draw("loss", [.. Enumerable.Range(0, count).Select(i => 0.2f + (1f / (1 + i)))]).ToPicture();
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

    /// <summary>
    /// The largest density has the colour of the uppermost band, none that of paper, and the panels keep their
    /// orientation: the first value is at the top left.
    /// </summary>
    [TestMethod]
    public void Densities_AreDrawnInPlace()
    {
        double[] values = new double[64];
        values[0] = 2;
        using Picture picture = DensityFigure.Draw("", "", [new DensityPanel("", values)], new PlotRange(0, 0, 1, 1), columns: 1)
            .ToPicture();
        Assert.AreEqual((uint)Theme.Light.OfDensity(0.95), Pixel(picture, 38 + 6, 86 + 6));
        Assert.AreEqual((uint)Theme.Light.Paper, Pixel(picture, 38 + 250, 86 + 6));
        Assert.AreEqual((uint)Theme.Light.Paper, Pixel(picture, 38 + 6, 86 + 250));
    }

    [TestMethod]
    public void Convergence_IsDrawn_InTheColourOfItsLine()
    {
        ConvergenceLine steep = new("steep", [(4, 1), (40, 0.001)]);
        ConvergenceLine flat = new("flat", [(4, 0.5)]);
        using Picture picture = ConvergenceFigure.Draw("", [steep, flat]).ToPicture();
        Assert.AreEqual((uint)Theme.Light.Lines[0], Pixel(picture, 421, 290));
        Assert.Contains((uint)Theme.Light.Lines[1], picture.Pixels.ToArray());
    }

    [TestMethod]
    public void StrayPoints_HideNoPicture()
    {
        PointSet stray = new([.. Points.Values, 1e6f, 0, float.NaN, 1, 0, float.PositiveInfinity], 2);
        Assert.AreEqual(PlotRange.Around(Points).HalfX, PlotRange.Around(stray).HalfX, 1e-9);
        Assert.AreEqual(new PlotRange(0, 0, 1, 1), PlotRange.Around(new PointSet([float.NaN, 1], 2)));
        using Picture clean = StripFigure.Draw("", "", [new Panel("", Points)], PlotRange.Around(Points)).ToPicture();
        using Picture drawn = StripFigure.Draw("", "", [new Panel("", stray)], PlotRange.Around(Points)).ToPicture();
        Assert.AreEqual(0, Differences(clean, drawn));
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
