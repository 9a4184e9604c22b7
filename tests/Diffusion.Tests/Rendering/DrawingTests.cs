using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Rendering;

/// <summary>What every figure owes: it can be drawn in every theme and written in every format, always the same.</summary>
[TestClass]
public sealed class DrawingTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly PointSet Points = KnownDataSets.Find("radial_gmm").Draw(200, seed: 1);
    private static readonly PointSet Table = new(
        [.. Enumerable.Range(0, 300).Select(i => (1 + (i % 3 * 1_000)) * MathF.Sin(i))],
        3, ["age", "income", "height"]);
    private static readonly Frame[] Frames = [.. Enumerable.Range(0, 4)
        .Select(k => new Frame(k, new NoiseLevel(3 - k, k / 3.0), KnownDataSets.Find("moons").Draw(50, (ulong)k)))];

    private static readonly (string Name, Func<Theme, Drawing> Draw)[] Figures =
    [
        ("forward", theme => ForwardStrip.Draw("α", new SampleBatch(Points.AsMemory(), SampleShape.Vector(2)), Schedule, theme: theme)),
        ("reverse", theme => ReverseStrip.Draw("α", "", Frames, Points, theme)),
        ("strip", theme => StripFigure.Draw("α", "", [new Panel("", Points)], PlotRange.Around(Points), theme)),
        ("loss", theme => LossFigure.Draw("α", [1, 0.5f, 0.4f], theme: theme)),
        ("convergence", theme => ConvergenceFigure.Draw("α", [new ConvergenceLine("ddim", [(4, 1), (40, 0.1)])], theme)),
        ("density", theme => DensityFigure.Draw(
            "α", "", [new DensityPanel("", [0, 1, 2, 3])], new PlotRange(0, 0, 1, 1), columns: 1, theme)),
        ("field", theme => FieldFigure.Draw(
            "α", "", [new FieldPanel("", Points, Points.Values.ToArray(), Points)], PlotRange.Around(Points), theme)),
        ("paths", theme => PathsFigure.Draw("α", "", [new ReverseRun("", Frames)], Points, theme)),
        ("quality", theme => QualityFigure.Draw("α", "", Points, Points, ("a", "b"), [("measure", "1", "2")], theme)),
        ("pairs", theme => PairsFigure.Draw("α", "", Table, Table, theme)),
        ("schedule", theme => ScheduleFigure.Draw(Schedule, theme)),
    ];

    public static IEnumerable<object[]> FiguresAndThemes
        => from figure in Figures from theme in Theme.All select new object[] { figure.Name, theme.Name };

    [TestMethod]
    [DynamicData(nameof(FiguresAndThemes))]
    public void Figures_AreTheSameTwice_InEveryFormat(string name, string theme)
    {
        Action<Drawing, Stream>[] formats =
        [
            (drawing, stream) => drawing.WritePng(stream),
            (drawing, stream) => drawing.WriteSvg(stream),
            (drawing, stream) => drawing.WritePdf(stream),
        ];
        foreach (Action<Drawing, Stream> write in formats)
        {
            CollectionAssert.AreEqual(Bytes(Draw(name, theme), write), Bytes(Draw(name, theme), write));
        }
    }

    [TestMethod]
    [DynamicData(nameof(FiguresAndThemes))]
    public void Figures_HaveTheirPaper_AndInkOnIt(string name, string theme)
    {
        using Picture picture = Draw(name, theme).ToPicture();
        uint paper = (uint)Theme.Find(theme).Paper;
        Assert.AreEqual(paper, picture.Pixels[0]);
        Assert.AreEqual(paper, picture.Pixels[^1]);
        Assert.IsGreaterThan(20, picture.Pixels.ToArray().Distinct().Count());
    }

    [TestMethod]
    [DynamicData(nameof(FiguresAndThemes))]
    public void PicturesOfTwiceTheScale_HaveTwiceTheSide(string name, string theme)
    {
        using Picture one = Draw(name, theme).ToPicture();
        using Picture two = Draw(name, theme).ToPicture(2);
        Assert.AreEqual(2 * one.Width, two.Width, 1);
        Assert.AreEqual(2 * one.Height, two.Height, 1);
    }

    /// <summary>Nothing is cropped: along the edges of the paper nothing is drawn.</summary>
    [TestMethod]
    [DynamicData(nameof(FiguresAndThemes))]
    public void Figures_KeepClearOfTheEdge(string name, string theme)
    {
        using Picture picture = Draw(name, theme).ToPicture();
        uint paper = (uint)Theme.Find(theme).Paper;
        for (int x = 0; x < picture.Width; x++)
        {
            Assert.IsTrue(picture.Pixels[x] == paper && picture.Pixels[((picture.Height - 1) * picture.Width) + x] == paper, $"column {x}");
        }

        for (int y = 0; y < picture.Height; y++)
        {
            Assert.IsTrue(
                picture.Pixels[y * picture.Width] == paper && picture.Pixels[(y * picture.Width) + picture.Width - 1] == paper, $"row {y}");
        }
    }

    /// <summary>Whoever opens an SVG may have no font: letters are shapes.</summary>
    [TestMethod]
    public void TextInSvg_IsMadeOfShapes()
    {
        XDocument with = Svg("σ, ε and ᾱ");
        Assert.IsEmpty(with.Descendants().Where(element => element.Name.LocalName == "text"));
        Assert.IsGreaterThan(Shapes(Svg("")), Shapes(with));

        static int Shapes(XDocument svg) => svg.Descendants().Count(element => element.Name.LocalName == "path");
    }

    [TestMethod]
    public void TextInPdf_BringsItsFont()
    {
        string with = Encoding.Latin1.GetString(Bytes(Strip("σ, ε and ᾱ"), (drawing, stream) => drawing.WritePdf(stream)));
        Assert.IsTrue(Regex.IsMatch(with, @"/FontFile3|/Subtype\s*/Type3"), "the font is part of the file");
        Assert.Contains("Inter", with);
    }

    [TestMethod]
    public void PointsInSvg_AreCirclesOfTheirOwn_SoThatTheyDarkenEachOther()
        => Assert.AreEqual(Points.Count, Svg("").Descendants().Count(element => element.Name.LocalName is "ellipse" or "circle"));

    [TestMethod]
    public void Themes_AreFoundByName()
    {
        Assert.AreSame(Theme.Dark, Theme.Find("DARK"));
        Assert.AreEqual(
            "There is no theme 'pink'. Choose one of: light, dark.",
            Assert.ThrowsExactly<DiffusionException>(() => Theme.Find("pink")).Message);
    }

    /// <summary>
    /// Who cannot tell red from green sees yellow against blue, and light against dark: opposite hues differ in one of the two.
    /// </summary>
    [TestMethod]
    [DataRow("light")]
    [DataRow("dark")]
    public void OppositeAngles_DifferInYellowAgainstBlue_OrInLightness(string theme)
    {
        for (int k = 0; k < 12; k++)
        {
            (double yellow, double light) = Seen(Math.PI * k / 12);
            (double otherYellow, double otherLight) = Seen(Math.PI * (k + 12) / 12);
            Assert.IsGreaterThan(25, Math.Max(Math.Abs(yellow - otherYellow), Math.Abs(light - otherLight)), $"angle {k}/12 π");
        }

        // Luma and blue difference of ITU-R BT.601, neither of which tells red from green of one lightness.
        (double Yellow, double Light) Seen(double angle)
        {
            SkiaSharp.SKColor color = Theme.Find(theme).OfAngle(angle);
            double luma = (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue);
            return (luma - color.Blue, luma);
        }
    }

    private static Drawing Draw(string name, string theme) => Figures.Single(figure => figure.Name == name).Draw(Theme.Find(theme));

    private static Drawing Strip(string title) => StripFigure.Draw(title, "", [new Panel("", Points)], PlotRange.Around(Points));

    private static XDocument Svg(string title)
        => XDocument.Parse(Encoding.UTF8.GetString(Bytes(Strip(title), (drawing, stream) => drawing.WriteSvg(stream))));

    private static byte[] Bytes(Drawing drawing, Action<Drawing, Stream> write)
    {
        using MemoryStream stream = new();
        write(drawing, stream);
        return stream.ToArray();
    }
}
