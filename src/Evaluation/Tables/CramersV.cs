namespace Diffusion.Evaluation.Tables;

/// <summary>
/// How strongly two categories are related: Cramér's V, corrected for the bias of small tables (Bergsma 2013, "A bias-correction for
/// Cramér's V and Tschuprow's T").
/// </summary>
internal static class CramersV
{
    /// <summary>Returns V, from 0 for independent columns to 1 where each determines the other; 0 if one of them is constant.</summary>
    /// <remarks>
    /// V alone is too large where there are few rows: of independent columns its square is about (r − 1)(c − 1)/(n − 1)/min(r − 1, c − 1).
    /// This is taken off, and what comes out below 0 is 0: so a little bias is left for columns that are independent, and almost none
    /// for others.
    /// </remarks>
    /// <param name="first">The category of each row in one column, <c>[n]</c>.</param>
    /// <param name="second">The category of each row in the other column, <c>[n]</c>.</param>
    public static double Of(int[] first, int[] second)
    {
        Dictionary<int, int> rows = first.CountBy(value => value).ToDictionary();
        Dictionary<int, int> columns = second.CountBy(value => value).ToDictionary();
        double more = first.Length - 1;
        double excess = first.Zip(second).CountBy(pair => pair)
            .Sum(cell => (double)cell.Value * cell.Value / ((double)rows[cell.Key.First] * columns[cell.Key.Second])) - 1;
        double meanSquare = Math.Max(0, excess - ((rows.Count - 1) * (columns.Count - 1) / more));
        double most = Math.Min(Corrected(rows.Count), Corrected(columns.Count)) - 1;
        return most > 0 ? Math.Min(1, Math.Sqrt(meanSquare / most)) : 0;

        double Corrected(int categories) => categories - ((categories - 1) * (categories - 1) / more);
    }
}
