using System.Runtime.Intrinsics;

namespace Diffusion.Randomness;

/// <summary>Numbers uniform in [0, 1), multiples of 2⁻²⁴.</summary>
/// <param name="seed">The seed.</param>
/// <param name="domain">What the numbers are for.</param>
public sealed class PhiloxUniform(ulong seed, RandomDomain domain) : PhiloxNumbers(seed, domain)
{
    private const int UnusedBits = 8;
    private const float Resolution = 1f / (1 << 24);

    private protected override void Write(in PhiloxWords words, Span<float> destination)
    {
        ToUniform(words.W0).CopyTo(destination);
        ToUniform(words.W1).CopyTo(destination[Vector256<float>.Count..]);
        ToUniform(words.W2).CopyTo(destination[(2 * Vector256<float>.Count)..]);
        ToUniform(words.W3).CopyTo(destination[(3 * Vector256<float>.Count)..]);
    }

    private static Vector256<float> ToUniform(Vector256<uint> word)
        => Vector256.ConvertToSingle((word >>> UnusedBits).AsInt32()) * Resolution;
}
