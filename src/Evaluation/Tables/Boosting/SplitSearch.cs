namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>A split of a leaf.</summary>
/// <param name="Feature">The number of the column that decides.</param>
/// <param name="LeftBins">The bins that go left.</param>
/// <param name="Gain">Twice what it takes off the loss.</param>
/// <param name="Left">The sum over the rows that go left.</param>
internal sealed record Split(int Feature, byte[] LeftBins, double Gain, GradientSum Left);

/// <summary>
/// Finds the split of a leaf that lowers the loss most. Bins stand in an order, of which a first part goes left, and all else right:
/// numbers upwards, or downwards so that missing cells go with the small ones; categories by the ratio of their derivatives, where some
/// such part is the best of all subsets (Fisher 1958), up to the middle from either end.
/// </summary>
/// <param name="rowsPerLeaf">The smallest number of rows on either side.</param>
internal sealed class SplitSearch(int rowsPerLeaf)
{
    /// <summary>The smallest sum of second derivatives on either side, as in scikit-learn: below it steps are too large.</summary>
    private const double LeastCurvature = 1e-3;

    /// <summary>As in scikit-learn, categories of fewer rows in a leaf go right.</summary>
    private const double CategorySupport = 10;

    /// <summary>As in scikit-learn, this is added to the second derivatives of a category, so that few rows do not come first.</summary>
    private const double CategorySmoothing = 10;

    private static readonly byte[] Upwards = [.. Enumerable.Range(0, Binning.Missing).Select(bin => (byte)bin)];
    private static readonly byte[] Downwards = [.. Upwards.Reverse()];

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
                Try(feature, bins, order.AsSpan(0, (order.Length + 1) / 2), total, ref best);
                Array.Reverse(order);
                Try(feature, bins, order.AsSpan(0, (order.Length - 1) / 2), total, ref best);
                continue;
            }

            Try(feature, bins, Upwards.AsSpan(0, known), total, ref best);
            if (bins[Binning.Missing].Count > 0)
            {
                Try(feature, bins, Downwards.AsSpan(Binning.Missing - known), total, ref best);
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
            if (bins[bin].Second * rowsPerCurvature >= CategorySupport)
            {
                used.Add((bins[bin].First / (bins[bin].Second + CategorySmoothing), (byte)bin));
            }
        }

        used.Sort();
        return used.Count > 1 ? [.. used.Select(entry => entry.Bin)] : [];
    }
}
