using Diffusion.Randomness;
using Diffusion.Tables;

namespace Diffusion.Data.Splits;

/// <summary>Which samples of a set are held out. Equal samples stay together: a copy of a sample that is learned would hide that it is
/// known by heart.</summary>
/// <param name="Learned">The numbers of the samples to learn from, in random order.</param>
/// <param name="Held">The numbers of those held out, in random order; empty where there are none.</param>
/// <param name="Remarks">What a user should know about it, a sentence each.</param>
internal sealed record HoldOutRows(int[] Learned, int[] Held, IReadOnlyList<string> Remarks)
{
    /// <summary>Chooses a share of the rows of a table at random.</summary>
    /// <param name="table">The table.</param>
    /// <param name="share">The share that is held out.</param>
    /// <param name="seed">The seed of the choice.</param>
    public static HoldOutRows Choose(Table table, double share, ulong seed)
        => Choose(EqualRows.FindFirst<ulong>(RowHashes.Compute(table), 1), share, seed, "rows");

    /// <summary>Chooses a share of the samples at random.</summary>
    /// <param name="first">For each sample the first one that equals it, <c>[n]</c>.</param>
    /// <param name="share">The share that is held out.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="things">What to call the samples in remarks.</param>
    public static HoldOutRows Choose(int[] first, double share, ulong seed, string things = "points")
    {
        int target = (int)(share * first.Length);
        int[] order = Permutation.Of(first.Length, seed, RandomDomain.HoldOut);
        if (target == 0)
        {
            return new HoldOutRows(order, [], []);
        }

        bool[] isHeldOut = ChooseGroups(order, first, target);
        int[] held = [.. order.Where(row => isHeldOut[first[row]])];
        return new HoldOutRows([.. order.Where(row => !isHeldOut[first[row]])], held, held.Length == 0
            ? [Invariant($"No {things} are held out: each occurs more than {target} times, and equal {things} stay together.")]
            : [
                Invariant($"{held.Length} of {first.Length} {things} are held out to measure the loss on unseen data; ")
                    + "a hold-out share of 0 trains on all.",
            ]);
    }

    /// <summary>Holds out the groups of equal samples that come first in an order, as long as they fit into the number asked for.</summary>
    /// <param name="order">The samples in random order.</param>
    /// <param name="first">For each sample the first one that equals it.</param>
    /// <param name="target">The number of samples to hold out.</param>
    /// <returns>Whether the group of a first sample is held out.</returns>
    private static bool[] ChooseGroups(int[] order, int[] first, int target)
    {
        int[] sizes = new int[first.Length];
        foreach (int group in first)
        {
            sizes[group]++;
        }

        bool[] isHeldOut = new bool[first.Length];
        bool[] isDecided = new bool[first.Length];
        int held = 0;
        foreach (int group in order.Select(row => first[row]))
        {
            if (!isDecided[group] && sizes[group] <= target - held)
            {
                isHeldOut[group] = true;
                held += sizes[group];
            }

            isDecided[group] = true;
        }

        return isHeldOut;
    }
}
