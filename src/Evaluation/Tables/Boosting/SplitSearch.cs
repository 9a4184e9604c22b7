namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>A split of a leaf.</summary>
/// <param name="Feature">The number of the column that decides.</param>
/// <param name="LeftBins">The bins that go left.</param>
/// <param name="Gain">Twice what it takes off the loss.</param>
/// <param name="Left">The sum over the rows that go left.</param>
internal sealed record Split(int Feature, byte[] LeftBins, double Gain, GradientSum Left);

/// <summary>
/// Finds the split of a leaf that lowers the loss most. Bins stand in an order, of which a first part goes left: numbers as they are,
/// with missing cells first or last; categories by the ratio of their derivatives, for which some such part is the best of all subsets
/// (Fisher 1958).
/// </summary>
/// <param name="rowsPerLeaf">The smallest number of rows on either side.</param>
internal sealed class SplitSearch(int rowsPerLeaf)
{
    /// <summary>The smallest sum of second derivatives on either side, as in scikit-learn: below it steps are too large.</summary>
    private const double LeastCurvature = 1e-3;

    /// <summary>As in scikit-learn, categories of fewer rows in a leaf go right, and the ratio is smoothed by as many.</summary>
    private const double CategorySupport = 10;

    /// <summary>The bin of missing cells, then those of numbers.</summary>
    private static readonly byte[] MissingThenNumbers = [Binning.Missing, .. Enumerable.Range(0, Binning.Missing).Select(bin => (byte)bin)];

    /// <summary>Finds the best split.</summary>
    /// <param name="binnings">The columns, <c>[d]</c>.</param>
    /// <param name="histogram">The sums over the rows of each bin, <c>[d, 256]</c>.</param>
    /// <param name="total">The sum over all rows.</param>
    /// <returns>The split, or null where none lowers the loss.</returns>
    public Split? Best(Binning[] binnings, ReadOnlySpan<GradientSum> histogram, GradientSum total)
    {
        Split? best = null;
        for (int feature = 0; feature < binnings.Length; feature++)
        {
            ReadOnlySpan<GradientSum> bins = histogram.Slice(feature * Binning.Count, Binning.Count);
            int known = binnings[feature].Known;
            if (binnings[feature].IsCategory)
            {
                byte[] order = ByRatio(bins, total);
                int half = (order.Length + 1) / 2;
                Try(feature, bins, order.AsSpan(0, half), total, ref best);
                Array.Reverse(order);
                Try(feature, bins, order.AsSpan(0, half), total, ref best);
                continue;
            }

            Try(feature, bins, MissingThenNumbers.AsSpan(1, known), total, ref best);
            if (bins[Binning.Missing].Count > 0)
            {
                Try(feature, bins, MissingThenNumbers.AsSpan(0, known), total, ref best);
            }
        }

        return best;
    }

    /// <summary>Tries all first parts of an order.</summary>
    private void Try(int feature, ReadOnlySpan<GradientSum> bins, ReadOnlySpan<byte> order, GradientSum total, ref Split? best)
    {
        GradientSum left = default;
        (int Length, double Gain, GradientSum Left) found = (0, best?.Gain ?? 0, default);
        for (int i = 0; i < order.Length; i++)
        {
            left += bins[order[i]];
            GradientSum right = total - left;
            if (right.Count < rowsPerLeaf || right.Second < LeastCurvature)
            {
                break;
            }

            double gain = left.Gain + right.Gain - total.Gain;
            if (left.Count >= rowsPerLeaf && left.Second >= LeastCurvature && gain > found.Gain)
            {
                found = (i + 1, gain, left);
            }
        }

        if (found.Length > 0)
        {
            best = new Split(feature, order[..found.Length].ToArray(), found.Gain, found.Left);
        }
    }

    /// <summary>The categories of enough rows, by the ratio of their derivatives.</summary>
    private static byte[] ByRatio(ReadOnlySpan<GradientSum> bins, GradientSum total)
    {
        double rowsPerCurvature = total.Count / total.Second;
        List<(double Ratio, byte Bin)> used = [];
        for (int bin = 0; bin < bins.Length; bin++)
        {
            double support = bins[bin].Second * rowsPerCurvature;
            if (support >= CategorySupport)
            {
                used.Add((bins[bin].First / (support + CategorySupport), (byte)bin));
            }
        }

        used.Sort();
        return [.. used.Select(entry => entry.Bin)];
    }
}
