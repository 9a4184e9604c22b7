using Diffusion.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Diffusion.Fuzz.Tests;

/// <summary>Animations: whatever the frames, a decoder that is not ours sees the pixels that went in.</summary>
[TestClass]
public sealed class GifFuzzTests
{
    private const int LongestSide = 40;
    private const int MostFrames = 6;

    [TestMethod]
    public void Frames_DecodeToThePixelsThatWentIn()
    {
        Gen<(int Width, int Height, uint[][] Frames)> animations =
            from width in Gen.Choose(1, LongestSide)
            from height in Gen.Choose(1, LongestSide)
            from colors in Gen.ArrayOf(Gen.Choose(0, 0xFFFFFF)).Where(colors => colors.Length > 0)
            from first in Gen.ArrayOf(Gen.Elements(colors), width * height)
            from changes in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, (width * height) - 1).Zip(Gen.Elements(colors))), MostFrames - 1)
            select (width, height, Frames(first, changes));
        Fuzzing.Try(
            animations,
            animation => GifRoundTrip.AssertDecodesTo(
                animation.Frames, GifRoundTrip.Encode(animation.Width, animation.Height, animation.Frames)),
            cost: 4);
    }

    private static uint[][] Frames(int[] first, (int Place, int Color)[][] changes)
    {
        List<uint[]> frames = [Array.ConvertAll(first, color => (uint)color)];
        foreach ((int Place, int Color)[] change in changes)
        {
            uint[] next = [.. frames[^1]];
            Array.ForEach(change, pixel => next[pixel.Place] = (uint)pixel.Color);
            frames.Add(next);
        }

        return [.. frames];
    }
}
