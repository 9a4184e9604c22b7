using System.Runtime.Intrinsics;

namespace Diffusion.Randomness;

/// <summary>
/// Random numbers as a function of (seed, domain, stream, position): any part of a stream can be had alone, in any
/// order and on any thread, with the same values. Number e of a stream comes from word ⌊e mod 32 / 8⌋ of the Philox
/// block 8⌊e/32⌋ + e mod 8; the counter of block b is (b mod 2³², ⌊b/2³²⌋, stream, domain) and its key the seed.
/// </summary>
public abstract class PhiloxNumbers
{
    private readonly ulong _seed;
    private readonly RandomDomain _domain;

    private protected PhiloxNumbers(ulong seed, RandomDomain domain)
    {
        _seed = seed;
        _domain = domain;
    }

    /// <summary>
    /// Fills <paramref name="destination"/> with the numbers <paramref name="first"/>, <paramref name="first"/> + 1, … of a stream.
    /// </summary>
    /// <param name="stream">The stream; streams are independent of one another.</param>
    /// <param name="first">The position of the first number, at least 0.</param>
    /// <param name="destination">Receives the numbers.</param>
    public void Fill(uint stream, long first, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        Span<float> partial = stackalloc float[Philox.WordsPerGroup];
        while (!destination.IsEmpty)
        {
            (long group, long skip) = Math.DivRem(first, Philox.WordsPerGroup);
            int take = (int)Math.Min(Philox.WordsPerGroup - skip, destination.Length);
            if (take == Philox.WordsPerGroup)
            {
                FillGroup(stream, group, destination);
            }
            else
            {
                FillGroup(stream, group, partial);
                partial.Slice((int)skip, take).CopyTo(destination);
            }

            destination = destination[take..];
            first += take;
        }
    }

    private void FillGroup(uint stream, long group, Span<float> destination)
    {
        // A group starts at a multiple of 8, so the low counter word never wraps within it.
        ulong block = (ulong)group * Philox.BlocksPerGroup;
        PhiloxWords counter = new(
            Vector256.Create((uint)block) + Vector256<uint>.Indices,
            Vector256.Create((uint)(block >> 32)),
            Vector256.Create(stream),
            Vector256.Create((uint)_domain));
        Write(Philox.Group(counter, _seed), destination);
    }

    /// <summary>Turns the words of eight blocks into 32 numbers, those of word 0 first.</summary>
    private protected abstract void Write(in PhiloxWords words, Span<float> destination);
}
