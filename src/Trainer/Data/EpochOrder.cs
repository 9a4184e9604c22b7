using Diffusion.Randomness;

namespace Diffusion.Training.Data;

/// <summary>The order in which a set that does not change is drawn: all of it once in random order, then again in another order, and so
/// on.</summary>
/// <param name="count">The number of samples of the set.</param>
internal sealed class EpochOrder(int count)
{
    private (ulong Seed, long Epoch, int[] Order)? _last;

    /// <summary>Gets the number of samples of the set.</summary>
    public int Count => count;

    /// <summary>Returns which samples of the set are drawn.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first that is drawn, from 0.</param>
    /// <param name="number">How many are drawn.</param>
    public int[] Rows(ulong seed, long first, int number)
    {
        int[] chosen = new int[number];
        for (int i = 0; i < number; i++)
        {
            (long epoch, long place) = Math.DivRem(first + i, count);
            chosen[i] = OrderOf(seed, epoch)[place];
        }

        return chosen;
    }

    private int[] OrderOf(ulong seed, long epoch)
    {
        if (_last is not { } last || last.Seed != seed || last.Epoch != epoch)
        {
            _last = last = (seed, epoch, Permutation.Of(count, seed, RandomDomain.Choice, (uint)epoch));
        }

        return last.Order;
    }
}
