using System.Runtime.InteropServices;

namespace Diffusion.Rendering.Gif;

/// <summary>Counts the colours of pictures.</summary>
public sealed class GifColors
{
    /// <summary>The bits of a pixel that are its colour; the others are alpha.</summary>
    internal const uint Mask = 0xFFFFFF;

    private readonly Dictionary<uint, long> _counts = [];

    /// <summary>Counts the colours of a picture.</summary>
    /// <param name="pixels">Pixels as 0xAARRGGBB; alpha is ignored.</param>
    public void Count(ReadOnlySpan<uint> pixels)
    {
        long length = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            // Most pixels are as their neighbours.
            length++;
            if (i + 1 == pixels.Length || pixels[i + 1] != pixels[i])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, pixels[i] & Mask, out _) += length;
                length = 0;
            }
        }
    }

    /// <summary>The colours as 0xRRGGBB, the most frequent first.</summary>
    internal uint[] ByFrequency() => [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key)];
}
