using System.Runtime.InteropServices;
using Diffusion.Rendering.Gif;
using SkiaSharp;

namespace Diffusion.Tests.Support;

/// <summary>Frames into a GIF and out of it again.</summary>
internal static class GifRoundTrip
{
    /// <summary>The frames as a file, in a palette fitted to them.</summary>
    public static byte[] Encode(int width, int height, uint[][] frames, Func<int, int>? delay = null)
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

    /// <summary>The palette of some pixels.</summary>
    public static GifPalette Fit(uint[] pixels)
    {
        GifColors colors = new();
        colors.Count(pixels);
        return GifPalette.Fit(colors);
    }

    /// <summary>Opens a file with a decoder that is not ours.</summary>
    public static SKCodec Open(byte[] gif) => SKCodec.Create(new MemoryStream(gif));

    /// <summary>The decoder sees the pixels that went in; there are no more colours than fit into a palette.</summary>
    public static void AssertDecodesTo(uint[][] frames, byte[] gif)
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
