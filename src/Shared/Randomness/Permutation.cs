using System.Runtime.InteropServices;

namespace Diffusion.Randomness;

/// <summary>Random orders.</summary>
public static class Permutation
{
    /// <summary>A uniform number has 24 bits; a second one below it chooses evenly among any number of places.</summary>
    private const double Resolution = 1.0 / (1 << 24);

    /// <summary>The numbers 0 … n−1 in random order (Fisher and Yates), a function of seed, domain and stream.</summary>
    /// <param name="count">The number n, at least 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="domain">What the order is for.</param>
    /// <param name="stream">The number of the order; orders are independent of one another.</param>
    public static int[] Of(int count, ulong seed, RandomDomain domain, uint stream = 0)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        (float High, float Low)[] numbers = new (float, float)[count];
        new PhiloxUniform(seed, domain).Fill(stream, 0, MemoryMarshal.Cast<(float, float), float>(numbers.AsSpan()));
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)((numbers[last].High + (Resolution * numbers[last].Low)) * (last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
