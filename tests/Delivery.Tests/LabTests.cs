using System.Globalization;
using System.Text.RegularExpressions;
using Diffusion.Tests.Support;
using SkiaSharp;

namespace Diffusion.Delivery.Tests;

/// <summary>samples/lab/lab.cs draws what docs/lab.md shows, with the code that it quotes.</summary>
[TestClass]
public sealed partial class LabTests
{
    private const int LargestPicture = 150_000;

    /// <summary>The library computes in float32; a thousand steps of a trained network make a few 1e-4 of its rounding.</summary>
    private const double Tolerance = 1e-3;

    private static readonly string[] Figures =
        ["1-forward", "2-untrained", "3-loss", "4-ddpm", "5-ddim", "6-accelerated", "7-euler", "8-heun", "9-rk4"];

    private static readonly string Program = Path.Combine(Repository.Root, "samples", "lab", "lab.cs");
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "lab.md"));

    /// <summary>Few iterations: the agreement does not depend on how well the network has learned.</summary>
    [TestMethod]
    public void Lab_DrawsEveryFigure_AndItsStepsAgreeWithTheLibrary()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = Run(folder, folder["figures"], "moons", "20");
        Assert.AreEqual(0, code, output + messages);
        foreach (string name in Figures)
        {
            StringAssert.Contains(output, $"{name}.png: ");
            AssertIsPicture(File.ReadAllBytes(folder[$"figures/{name}.png"]), File.ReadAllBytes(Shown(name)));
        }

        double[] differences =
        [
            .. Difference().Matches(output).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Assert.HasCount(Figures.Length - 2, differences, output);
        Assert.IsLessThan(Tolerance, differences.Max(), output);
    }

    [TestMethod]
    public void Lab_RefusesWrongArguments_InOneLine()
    {
        using TemporaryFolder folder = new();
        CommandRun.AssertRefused(
            "There is no data set 'spirals'. Choose one of: moons, circles, 2gmm, radial_gmm.", Run(folder, folder["figures"], "spirals"));
        CommandRun.AssertRefused(
            "The number of iterations must be a whole number; was 'many'.", Run(folder, folder["figures"], "moons", "many"));
        CommandRun.AssertRefused("The number of iterations must be at least 1; was 0.", Run(folder, folder["figures"], "moons", "0"));
        CommandRun.AssertRefused("already exists", Run(folder, folder.Write("file", ""), "moons"));
        CommandRun.AssertRefused("At most 3 arguments are allowed", Run(folder, folder["figures"], "moons", "20", "more"));
        Assert.IsFalse(Directory.Exists(folder["figures"]));
    }

    [TestMethod]
    public void TheDocument_QuotesTheProgram_WordForWord()
    {
        string program = File.ReadAllText(Program);
        string[] blocks = [.. Code().Matches(Document).Select(match => match.Groups[1].Value)];
        Assert.IsGreaterThanOrEqualTo(Figures.Length - 1, blocks.Length);
        foreach (string block in blocks)
        {
            StringAssert.Contains(program, block);
        }
    }

    [TestMethod]
    public void TheDocument_ShowsEveryFigure_AsASmallFile()
    {
        foreach (string name in Figures)
        {
            StringAssert.Contains(Document, $"(pictures/lab/{name}.png)");
            Assert.IsLessThan(LargestPicture, new FileInfo(Shown(name)).Length, name);
        }
    }

    /// <summary>A program of one file names the version itself.</summary>
    [TestMethod]
    public void Lab_UsesTheVersionOfOnnxRuntimeThatAllElseUses()
    {
        string versions = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"));
        string version = OnnxRuntime().Match(versions).Groups[1].Value;
        StringAssert.Contains(File.ReadAllText(Program), $"#:package Microsoft.ML.OnnxRuntime@{version}\n");
    }

    private static (int Code, string Output, string Messages) Run(TemporaryFolder folder, params string[] arguments)
        => Delivery.RunIn(folder.Root, "dotnet", ["run", "-c", "Release", Program, .. arguments]);

    private static string Shown(string name) => Path.Combine(Repository.Root, "docs", "pictures", "lab", $"{name}.png");

    /// <summary>A PNG of the size of the one in the document, with something on its paper.</summary>
    private static void AssertIsPicture(byte[] content, byte[] shown)
    {
        using SKCodec codec = SKCodec.Create(new MemoryStream(content));
        Assert.AreEqual(SKEncodedImageFormat.Png, codec.EncodedFormat);
        using SKBitmap picture = SKBitmap.Decode(content);
        using SKBitmap expected = SKBitmap.Decode(shown);
        Assert.AreEqual((expected.Width, expected.Height), (picture.Width, picture.Height));
        SKColor[] pixels = picture.Pixels;
        Assert.IsGreaterThan(pixels.Length / 100, pixels.Count(pixel => pixel != pixels[0]));
    }

    [GeneratedRegex(@"differs from the library by (\S+) at most")]
    private static partial Regex Difference();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"""Microsoft\.ML\.OnnxRuntime"" Version=""([^""]+)""")]
    private static partial Regex OnnxRuntime();
}
