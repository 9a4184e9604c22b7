using System.Numerics.Tensors;

namespace Diffusion.Codecs.Columns;

/// <summary>
/// The categories of a column as ⌈log₂ K⌉ coordinates: the bits ±1 of the category's number, with the mean of the data subtracted
/// and divided by their deviation, or by 0.3 where that is less.
/// </summary>
internal sealed class CategoryCode
{
    /// <summary>The smallest deviation that a bit is divided by: rare bits are not blown up without end.</summary>
    private const double SmallestDeviation = 0.3;

    /// <summary>The smallest share of a category, so that its logarithm is finite.</summary>
    private const double SmallestShare = 1e-6;

    private readonly double[] _codes;
    private readonly double[] _shares;

    /// <summary>Creates the code of some categories.</summary>
    /// <param name="counts">How often each category occurs, <c>[K]</c>; at least two categories.</param>
    /// <exception cref="ArgumentException">There are fewer than two categories, or a count is negative, or all are 0.</exception>
    public CategoryCode(IReadOnlyList<long> counts)
    {
        double total = counts.Sum();
        if (counts.Count < 2 || counts.Any(count => count < 0) || total == 0)
        {
            throw new ArgumentException("At least two categories are required, of which some occur.", nameof(counts));
        }

        Count = counts.Count;
        Width = int.Log2(Count - 1) + 1;
        _codes = new double[Count * Width];
        double[] shares = [.. counts.Select(count => count / total)];
        _shares = shares;
        LogShares = [.. shares.Select(share => Math.Log(Math.Max(share, SmallestShare)))];
        for (int bit = 0; bit < Width; bit++)
        {
            double mean = shares.Select((share, k) => share * Sign(k, bit)).Sum();
            double deviation = Math.Sqrt(shares.Select((share, k) => share * Math.Pow(Sign(k, bit) - mean, 2)).Sum());
            for (int k = 0; k < Count; k++)
            {
                _codes[(k * Width) + bit] = (Sign(k, bit) - mean) / Math.Max(deviation, SmallestDeviation);
            }
        }

        HalfSquares = [.. Enumerable.Range(0, Count).Select(k => TensorPrimitives.SumOfSquares(Encode(k)) / 2)];
    }

    /// <summary>Gets the number K of categories.</summary>
    public int Count { get; }

    /// <summary>Gets the number of coordinates.</summary>
    public int Width { get; }

    /// <summary>Gets log p of each category in the data, <c>[K]</c>.</summary>
    public IReadOnlyList<double> LogShares { get; }

    /// <summary>Gets E, the codes of all categories, <c>[K, Width]</c>.</summary>
    public ReadOnlySpan<double> Codes => _codes;

    /// <summary>Gets ½|E_k|² of each category, <c>[K]</c>.</summary>
    public IReadOnlyList<double> HalfSquares { get; }

    /// <summary>Returns the code of a category.</summary>
    /// <param name="category">Its number, from 0.</param>
    /// <returns>E_k, <c>[Width]</c>.</returns>
    public ReadOnlySpan<double> Encode(int category) => _codes.AsSpan(category * Width, Width);

    /// <summary>Chooses a category by the shares of all.</summary>
    /// <param name="uniform">A number from 0 to 1.</param>
    public int Choose(double uniform)
    {
        double above = 0;
        for (int k = 0; k < Count; k++)
        {
            above += _shares[k];
            if (uniform < above)
            {
                return k;
            }
        }

        return 0;
    }

    /// <summary>Finds the category whose code is nearest: the largest x·E_k − ½|E_k|².</summary>
    /// <param name="x">The coordinates, <c>[Width]</c>.</param>
    /// <param name="except">A category that is not looked at; null for none.</param>
    /// <returns>Its number, the smaller one of two that are equally near.</returns>
    public int Decode(ReadOnlySpan<double> x, int? except = null)
    {
        int nearest = 0;
        double largest = double.NegativeInfinity;
        for (int k = 0; k < Count; k++)
        {
            ReadOnlySpan<double> code = Encode(k);
            double score = 0;
            for (int j = 0; j < Width; j++)
            {
                score += code[j] * (x[j] - (code[j] / 2));
            }

            if (score > largest && k != except)
            {
                (nearest, largest) = (k, score);
            }
        }

        return nearest;
    }

    private static double Sign(int category, int bit) => ((category >> bit) & 1) == 1 ? 1 : -1;
}
