using System.Runtime.InteropServices;

namespace Diffusion.Evaluation.Tables;

/// <summary>Distances between the distributions of two samples.</summary>
internal static class Distributions
{
    /// <summary>
    /// The largest gap between the distribution functions of two samples of numbers (Kolmogorov 1933, Smirnov 1939), from 0 to 1.
    /// Missing cells are left out; 1 if that leaves one of the samples empty.
    /// </summary>
    public static double KolmogorovSmirnov(double[] first, double[] second)
    {
        double[] a = Sorted(first), b = Sorted(second);
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length == b.Length ? 0 : 1;
        }

        double largest = 0;
        for ((int i, int j) = (0, 0); i < a.Length && j < b.Length;)
        {
            double value = Math.Min(a[i], b[j]);
            i = SkipUpTo(value, a, i);
            j = SkipUpTo(value, b, j);
            largest = Math.Max(largest, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }

        return largest;

        static double[] Sorted(double[] values) => [.. values.Where(value => !double.IsNaN(value)).Order()];

        static int SkipUpTo(double value, double[] sorted, int next)
        {
            while (next < sorted.Length && sorted[next] <= value)
            {
                next++;
            }

            return next;
        }
    }

    /// <summary>Half the sum of the differences between the shares of each value, from 0 to 1. NaN is a value as any.</summary>
    public static double TotalVariation<T>(IReadOnlyCollection<T> first, IReadOnlyCollection<T> second)
        where T : notnull
    {
        Dictionary<T, (int First, int Second)> counts = [];
        foreach (T value in first)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _).First++;
        }

        foreach (T value in second)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _).Second++;
        }

        return counts.Values.Sum(count => Math.Abs(((double)count.First / first.Count) - ((double)count.Second / second.Count))) / 2;
    }
}
