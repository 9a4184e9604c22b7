using System.Runtime.Intrinsics;

namespace Diffusion.Randomness;

/// <summary>Standard normal numbers by the transform of Box and Muller (1958).</summary>
/// <param name="seed">The seed.</param>
/// <param name="domain">What the numbers are for.</param>
public sealed class PhiloxNormal(ulong seed, RandomDomain domain) : PhiloxNumbers(seed, domain)
{
    private const float TwoToMinus32 = 1f / 4294967296f;
    private const float TwoPiOverTwoTo32 = MathF.Tau * TwoToMinus32;

    private protected override void Write(in PhiloxWords words, Span<float> destination)
    {
        int width = Vector256<float>.Count;
        BoxMuller(words.W0, words.W1, destination, destination[width..]);
        BoxMuller(words.W2, words.W3, destination[(2 * width)..], destination[(3 * width)..]);
    }

    /// <summary>√(−2 ln u)·(cos θ, sin θ), with u uniform in (0, 1] and θ uniform in [0, 2π).</summary>
    private static void BoxMuller(Vector256<uint> radiusWord, Vector256<uint> angleWord, Span<float> cosines, Span<float> sines)
    {
        // Half a unit keeps u away from 0; a float still resolves the smallest u, which the tails come from.
        Vector256<float> u = (Vector256.ConvertToSingle(radiusWord) + Vector256.Create(0.5f)) * TwoToMinus32;
        Vector256<float> radius = Vector256.Sqrt(Vector256.Log(u) * -2f);
        (Vector256<float> sin, Vector256<float> cos) = Vector256.SinCos(Vector256.ConvertToSingle(angleWord) * TwoPiOverTwoTo32);
        (radius * cos).CopyTo(cosines);
        (radius * sin).CopyTo(sines);
    }
}
