using Diffusion.Rendering.Gif;
using Diffusion.Tests.Support;
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
        GifRoundTrip.AssertDecodesTo(frames, GifRoundTrip.Encode(width, height, frames));
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
        GifRoundTrip.AssertDecodesTo(frames, GifRoundTrip.Encode(Size, Size, frames));
    }

    [TestMethod]
    public void PicturesOfOneColor_DecodeToIt()
    {
        uint[] white = new uint[300 * 200];
        Array.Fill(white, 0xFFFFFFFF);
        GifRoundTrip.AssertDecodesTo([white], GifRoundTrip.Encode(300, 200, [white]));
    }

    [TestMethod]
    public void Delays_AndEndlessLoop_AreWritten()
    {
        uint[][] frames = [.. Enumerable.Range(0, 3).Select(k => RandomPixels(k, 64, 4))];
        using SKCodec codec = GifRoundTrip.Open(GifRoundTrip.Encode(8, 8, frames, delay: k => 2 + (50 * k)));
        CollectionAssert.AreEqual(new[] { 20, 520, 1020 }, codec.FrameInfo.Select(info => info.Duration).ToArray());
        Assert.AreEqual(-1, codec.RepetitionCount);
    }

    [TestMethod]
    public void SameInput_GivesTheSameBytes()
    {
        uint[][] frames = [.. Enumerable.Range(0, 3).Select(k => RandomPixels(k, 900, 4_000))];
        CollectionAssert.AreEqual(GifRoundTrip.Encode(30, 30, frames), GifRoundTrip.Encode(30, 30, frames));
    }

    [TestMethod]
    public void UnchangedPixels_CostNothing()
    {
        uint[] still = RandomPixels(1, 200 * 200, 200);
        int one = GifRoundTrip.Encode(200, 200, [still]).Length;
        int ten = GifRoundTrip.Encode(200, 200, [.. Enumerable.Repeat(still, 10)]).Length;
        Assert.IsLessThan(one + (9 * 40), ten);
    }

    [TestMethod]
    public void ManyColors_AreReplacedByNearOnes()
    {
        uint[] ramp = [.. Enumerable.Range(0, 256 * 64)
            .Select(i => 0xFF000000 | ((uint)(i % 256) << 16) | ((uint)(255 - (i % 256)) << 8) | (uint)(i / 64))];
        GifPalette palette = GifRoundTrip.Fit(ramp);
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
        CollectionAssert.AreEquivalent(new uint[] { 0x102030, 0x000000, 0xFFFFFF }, GifRoundTrip.Fit(pixels).Colors.ToArray());
    }

    [TestMethod]
    public void FramesOfAnotherSize_AndShortDelays_AreRefused()
    {
        using GifWriter gif = new(new MemoryStream(), 4, 4, GifRoundTrip.Fit([0u]));
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
}
