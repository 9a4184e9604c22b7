using System.Runtime.InteropServices;
using Diffusion.Rendering.Gif;
using SkiaSharp;

namespace Diffusion.Tests.Rendering;

[TestClass]
public sealed class GifTests
{
    [TestMethod]
    [DataRow(1, 1, 2)]
    [DataRow(2, 2, 4)]
    [DataRow(3, 5, 3)]
    [DataRow(16, 16, 255)]
    [DataRow(127, 33, 16)]
    [DataRow(500, 500, 255)]
    public void RandomFrames_DecodeToThePixelsThatWentIn(int width, int height, int colors)
    {
        uint[][] frames = [.. Enumerable.Range(0, 4).Select(k => RandomPixels(k, width * height, colors))];
        AssertDecodesTo(frames, Encode(width, height, frames));
    }

    [TestMethod]
    public void FramesThatHardlyChange_DecodeToThePixelsThatWentIn()
    {
        const int Size = 40;
        uint[] still = RandomPixels(1, Size * Size, 20);
        uint[] oneCorner = [.. still];
        oneCorner[^1] ^= 1;
        uint[] twoCorners = [.. oneCorner];
        twoCorners[0] ^= 1;
        uint[][] frames = [still, still, oneCorner, twoCorners, twoCorners, still];
        AssertDecodesTo(frames, Encode(Size, Size, frames));
    }

    [TestMethod]
    public void PicturesOfOneColor_DecodeToIt()
    {
        uint[] white = new uint[300 * 200];
        Array.Fill(white, 0xFFFFFFFF);
        AssertDecodesTo([white], Encode(300, 200, [white]));
    }

    [TestMethod]
    public void Delays_AndEndlessLoop_AreWritten()
    {
        uint[][] frames = [.. Enumerable.Range(0, 3).Select(k => RandomPixels(k, 64, 4))];
        using SKCodec codec = Open(Encode(8, 8, frames, delay: k => 2 + (50 * k)));
        CollectionAssert.AreEqual(new[] { 20, 520, 1020 }, codec.FrameInfo.Select(info => info.Duration).ToArray());
        Assert.AreEqual(-1, codec.RepetitionCount);
    }

    [TestMethod]
    public void SameInput_GivesTheSameBytes()
    {
        uint[][] frames = [.. Enumerable.Range(0, 3).Select(k => RandomPixels(k, 900, 4_000))];
        CollectionAssert.AreEqual(Encode(30, 30, frames), Encode(30, 30, frames));
    }

    [TestMethod]
    public void UnchangedPixels_CostNothing()
    {
        uint[] still = RandomPixels(1, 200 * 200, 200);
        int one = Encode(200, 200, [still]).Length;
        int ten = Encode(200, 200, [.. Enumerable.Repeat(still, 10)]).Length;
        Assert.IsLessThan(one + (9 * 40), ten);
    }

    [TestMethod]
    public void ManyColors_AreReplacedByNearOnes()
    {
        uint[] ramp = [.. Enumerable.Range(0, 256 * 64).Select(i => 0xFF000000 | ((uint)(i % 256) << 16) | ((uint)(255 - (i % 256)) << 8) | (uint)(i / 64))];
        GifPalette palette = Fit(ramp);
        Assert.IsLessThanOrEqualTo(GifPalette.MostColors, palette.Colors.Count);
        foreach (uint pixel in ramp)
        {
            uint nearest = palette.Colors[palette.IndexOf(pixel)];
            for (int shift = 0; shift < 24; shift += 8)
            {
                Assert.IsLessThanOrEqualTo(24, Math.Abs((int)((pixel >> shift) & 0xFF) - (int)((nearest >> shift) & 0xFF)));
            }
        }
    }

    [TestMethod]
    public void FewColors_AreThePalette()
    {
        uint[] pixels = [0xFF102030, 0xFF000000, 0xFF102030, 0xFFFFFFFF];
        CollectionAssert.AreEquivalent(new uint[] { 0x102030, 0x000000, 0xFFFFFF }, Fit(pixels).Colors.ToArray());
    }

    [TestMethod]
    public void FramesOfAnotherSize_AndShortDelays_AreRefused()
    {
        using GifWriter gif = new(new MemoryStream(), 4, 4, Fit([0u]));
        Assert.ThrowsExactly<ArgumentException>(() => gif.AddFrame(new uint[15], 5));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => gif.AddFrame(new uint[16], 1));
    }

    private static uint[] RandomPixels(int seed, int count, int colors)
    {
        Random random = new(seed);
        Random ramp = new(0);
        uint[] choice = [.. Enumerable.Range(0, colors).Select(_ => 0xFF000000 | (uint)ramp.Next(1 << 24))];
        return [.. Enumerable.Range(0, count).Select(_ => choice[random.Next(colors)])];
    }

    private static byte[] Encode(int width, int height, uint[][] frames, Func<int, int>? delay = null)
    {
        using MemoryStream stream = new();
        using (GifWriter gif = new(stream, width, height, Fit([.. frames.SelectMany(frame => frame)])))
        {
            for (int k = 0; k < frames.Length; k++)
            {
                gif.AddFrame(frames[k], delay?.Invoke(k) ?? 5);
            }
        }

        return stream.ToArray();
    }

    private static GifPalette Fit(uint[] pixels)
    {
        GifColors colors = new();
        colors.Count(pixels);
        return GifPalette.Fit(colors);
    }

    private static SKCodec Open(byte[] gif) => SKCodec.Create(new MemoryStream(gif));

    private static void AssertDecodesTo(uint[][] frames, byte[] gif)
    {
        using SKCodec codec = Open(gif);

        // A file of one frame has no list of frames.
        Assert.AreEqual(frames.Length, Math.Max(1, codec.FrameCount));
        SKImageInfo info = new(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        for (int k = 0; k < frames.Length; k++)
        {
            using SKBitmap bitmap = new(info);
            Assert.AreEqual(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels(), new SKCodecOptions(k)));
            uint[] decoded = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).ToArray();
            uint[] expected = Array.ConvertAll(frames[k], pixel => pixel | 0xFF000000);
            CollectionAssert.AreEqual(expected, decoded, $"frame {k}");
        }
    }
}
