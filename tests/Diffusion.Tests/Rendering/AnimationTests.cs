using System.Runtime.InteropServices;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using SkiaSharp;

namespace Diffusion.Tests.Rendering;

[TestClass]
public sealed class AnimationTests
{
    private const int FewFrames = 12;

    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly ReverseRun Run = RunOf("moons", steps: 100);

    /// <summary>
    /// What a reader of the file sees is what was drawn: no channel of any pixel is off by more
    /// than 12 of 255, none by more than 2 on average.
    /// </summary>
    [TestMethod]
    [DataRow("light", PointColoring.Angle, false, 480)]
    [DataRow("dark", PointColoring.Angle, false, 480)]
    [DataRow("light", PointColoring.Angle, true, 480)]
    [DataRow("dark", PointColoring.Angle, true, 480)]
    [DataRow("light", PointColoring.Density, false, 480)]
    [DataRow("dark", PointColoring.Density, true, 320)]
    [DataRow("light", PointColoring.Plain, false, 160)]
    [DataRow("dark", PointColoring.Plain, true, 1080)]
    public void EveryFrame_IsDecodedAsItWasDrawn(string theme, PointColoring coloring, bool hasTrails, int size)
    {
        AnimationOptions options = new()
        {
            Title = "moons",
            Theme = Theme.Find(theme),
            Coloring = coloring,
            HasTrails = hasTrails,
            Size = size,
            Frames = FewFrames,
            Data = KnownDataSets.Find("moons").Draw(1_000, seed: 9),
        };
        uint[][] decoded = Decode(Gif([Run], options));
        Assert.HasCount(FewFrames, decoded);
        for (int k = 0; k < FewFrames; k++)
        {
            using Picture drawn = ReverseAnimation.DrawFrame([Run], k, options);
            ReadOnlySpan<byte> expected = MemoryMarshal.AsBytes(drawn.Pixels);
            ReadOnlySpan<byte> actual = MemoryMarshal.AsBytes(decoded[k].AsSpan());
            (int largest, long sum) = (0, 0);
            for (int i = 0; i < expected.Length; i++)
            {
                int difference = Math.Abs(expected[i] - actual[i]);
                (largest, sum) = (Math.Max(largest, difference), sum + difference);
            }

            Assert.IsLessThanOrEqualTo(12, largest, $"frame {k}");
            Assert.IsLessThanOrEqualTo(2.0, (double)sum / expected.Length, $"frame {k}");
        }
    }

    [TestMethod]
    public void Gif_HasItsFramesAndDelays_LoopsForever_AndIsSmall()
    {
        byte[] file = Gif([Run], new AnimationOptions { Title = "moons" });
        Assert.IsLessThanOrEqualTo(1_000_000, file.Length);
        using SKCodec codec = SKCodec.Create(new MemoryStream(file));
        Assert.AreEqual(-1, codec.RepetitionCount);
        Assert.AreEqual((480, 480), (codec.Info.Width, codec.Info.Height));
        Assert.AreEqual((600, 1600), (codec.FrameInfo[0].Duration, codec.FrameInfo[^1].Duration));
        Assert.AreEqual(600 + (58 * 50) + 1600, codec.FrameInfo.Sum(frame => frame.Duration));
    }

    [TestMethod]
    public void Webp_ShowsTheSamePicturesAsGif_ForAsLong()
    {
        AnimationOptions options = new() { Title = "moons", Frames = 5, Size = 160 };
        using MemoryStream stream = new();
        ReverseAnimation.WriteWebp(stream, [Run], options);
        uint[][] decoded = Decode(stream.ToArray());
        uint[][] expected = Decode(Gif([Run], options));
        Assert.HasCount(5, decoded);
        for (int k = 0; k < decoded.Length; k++)
        {
            CollectionAssert.AreEqual(expected[k], decoded[k], $"frame {k}");
        }

        using SKCodec codec = SKCodec.Create(new MemoryStream(stream.ToArray()));
        Assert.AreEqual(-1, codec.RepetitionCount);
        CollectionAssert.AreEqual(new[] { 600, 50, 50, 50, 1600 }, codec.FrameInfo.Select(frame => frame.Duration).ToArray());
    }

    /// <summary>
    /// Six hundred frames need no more memory than sixty: what is kept of a frame is gone with the next one. The memory is that
    /// of the process, so nothing else runs meanwhile.
    /// </summary>
    [TestMethod]
    [DoNotParallelize]
    public void Memory_DoesNotGrowWithTheFrames()
    {
        ReverseRun run = RunOf("moons", steps: 1_000);
        AnimationOptions options = new() { Title = "", Size = 320 };
        Gif([run], options with { Frames = 10 });
        Assert.IsLessThan(2 * LargestLiveSet(options with { Frames = 60 }), LargestLiveSet(options with { Frames = 600 }));

        long LargestLiveSet(AnimationOptions animation)
        {
            using LiveSetMeter meter = new();
            ReverseAnimation.WriteGif(meter, [run], animation);
            return meter.Largest;
        }
    }

    [TestMethod]
    public void SameInput_GivesTheSameBytes()
    {
        AnimationOptions options = new() { Title = "moons", Size = 160, HasTrails = true };
        CollectionAssert.AreEqual(Gif([Run], options), Gif([Run], options));
    }

    /// <summary>A GIF counts in hundredths of a second; 40 frames a second are frames of 2 and of 3 of them in turn.</summary>
    [TestMethod]
    [DataRow(40)]
    [DataRow(30)]
    [DataRow(7)]
    public void Animation_RunsAtTheRateAskedFor(int rate)
    {
        const int Moving = 100;
        using SKCodec codec = SKCodec.Create(new MemoryStream(Gif(
            [RunOf("moons", 1_000)],
            new AnimationOptions { Title = "", FramesPerSecond = rate, Frames = Moving + 2, Size = AnimationOptions.SmallestSize })));
        Assert.AreEqual((double)Moving / rate, codec.FrameInfo[1..^1].Sum(frame => frame.Duration) / 1000.0, 0.01);
    }

    /// <summary>Where a run has fewer steps than the animation has frames, steps stand longer: the whole takes as long.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(20)]
    public void ShortRuns_TakeAsLong(int steps)
    {
        using SKCodec codec = SKCodec.Create(
            new MemoryStream(Gif([RunOf("moons", steps)], new AnimationOptions { Title = "", Size = AnimationOptions.SmallestSize })));
        Assert.IsLessThanOrEqualTo(steps + 1, codec.FrameCount);
        Assert.AreEqual(600 + (58 * 50) + 1600, codec.FrameInfo.Sum(frame => frame.Duration));
    }

    [TestMethod]
    public void SeamlessAnimations_GoBackTheWayTheyCame()
    {
        AnimationOptions options = new() { Title = "", Size = AnimationOptions.SmallestSize, Frames = 11, IsSeamless = true };
        uint[][] decoded = Decode(Gif([Run], options));
        Assert.HasCount(11 + 4, decoded);
        for (int k = 1; k <= 4; k++)
        {
            CollectionAssert.AreEqual(decoded[10 - (2 * k)], decoded[10 + k]);
        }
    }

    [TestMethod]
    public void SeveralRuns_StandSideBySide()
    {
        AnimationOptions options = new() { Title = "moons", Size = 200, Frames = 3 };
        ReverseRun other = RunOf("circles", steps: 10);
        using Picture both = ReverseAnimation.DrawFrame([Run, other], 2, options);
        using Picture swapped = ReverseAnimation.DrawFrame([other, Run], 2, options);
        Assert.AreEqual((400, 200), (both.Width, both.Height));
        CollectionAssert.AreNotEqual(both.Pixels.ToArray(), swapped.Pixels.ToArray());
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        AnimationOptions options = new() { Title = "" };
        Assert.AreEqual(
            "The size of an animation must be between 160 and 1080 pixels; was 10.",
            Assert.ThrowsExactly<DiffusionException>((options with { Size = 10 }).Validate).Message);
        Assert.AreEqual(
            "The frames per second of an animation must be between 1 and 50; was 0.",
            Assert.ThrowsExactly<DiffusionException>((options with { FramesPerSecond = 0 }).Validate).Message);
        Assert.AreEqual(
            "The number of frames of an animation must be between 2 and 1000; was 1.",
            Assert.ThrowsExactly<DiffusionException>((options with { Frames = 1 }).Validate).Message);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    public void PointsOfAnyDimension_CanBeAnimated(int dimension)
    {
        Frame[] frames = [.. Enumerable.Range(0, 3).Select(k => new Frame(k, new NoiseLevel(2 - k, k / 2.0), Points(k)))];
        Assert.HasCount(3, Decode(Gif([new ReverseRun("", frames)], new AnimationOptions { Title = "", Frames = 3, Size = 160 })));

        PointSet Points(int k) => new([.. Enumerable.Range(0, 10 * dimension).Select(i => MathF.Sin(i + k))], dimension);
    }

    /// <summary>A run as an exact sampler would have it: √ᾱ·x₀ + √(1−ᾱ)·ε with the same x₀ and ε at every step.</summary>
    private static ReverseRun RunOf(string set, int steps)
    {
        PointSet data = KnownDataSets.Find(set).Draw(1_000, seed: 1);
        float[] noise = new float[data.Values.Length];
        new PhiloxNormal(2, RandomDomain.Forward).Fill(0, 0, noise);
        IEnumerable<NoiseLevel> levels = new Ddim().Build(Schedule, TimestepGrids.Quadratic.Create(Schedule, steps)).StepLevels;
        return new ReverseRun($"{steps} steps", [.. levels.Select((level, step) =>
        {
            float[] x = new float[noise.Length];
            ForwardProcess.AddNoise(data.Values, noise, level, x);
            return new Frame(step, level, new PointSet(x, 2));
        })]);
    }

    private static byte[] Gif(IReadOnlyList<ReverseRun> runs, AnimationOptions options)
    {
        using MemoryStream stream = new();
        ReverseAnimation.WriteGif(stream, runs, options);
        return stream.ToArray();
    }

    private static uint[][] Decode(byte[] file)
    {
        using SKCodec codec = SKCodec.Create(new MemoryStream(file));
        SKImageInfo info = new(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        return [.. Enumerable.Range(0, codec.FrameCount).Select(k =>
        {
            using SKBitmap bitmap = new(info);
            Assert.AreEqual(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels(), new SKCodecOptions(k)));
            return MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).ToArray();
        })];
    }
}
