namespace Diffusion.Evaluation.Tables;

/// <summary>How well scores tell two kinds of rows apart.</summary>
internal static class RocCurve
{
    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a row of the kind has a higher score than one that is
    /// not, where equal scores count half (Mann and Whitney 1947). From 0 to 1; 0.5 for scores that say nothing.
    /// </summary>
    /// <param name="scores">The scores, <c>[n]</c>.</param>
    /// <param name="isOfKind">What the rows are, <c>[n]</c>; at least one is and one is not.</param>
    public static double Area(double[] scores, bool[] isOfKind)
    {
        (double Score, bool IsOfKind)[] sorted = [.. scores.Zip(isOfKind).OrderBy(row => row.First)];
        double others = 0, wins = 0;
        foreach (IGrouping<double, (double Score, bool IsOfKind)> equal in sorted.GroupBy(row => row.Score))
        {
            int ofKind = equal.Count(row => row.IsOfKind);
            int rest = equal.Count() - ofKind;
            wins += ofKind * (others + (rest / 2.0));
            others += rest;
        }

        return wins / (others * (sorted.Length - others));
    }
}
