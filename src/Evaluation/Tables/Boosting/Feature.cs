namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>A column that is predicted from.</summary>
/// <param name="Values">Numbers, or codes of categories counted from 0, <c>[n]</c>; NaN where a cell is missing.</param>
/// <param name="IsCategory">Whether they are codes of categories.</param>
internal sealed record Feature(double[] Values, bool IsCategory)
{
    /// <summary>Returns the cells of the given rows.</summary>
    public Feature SelectRows(int[] rows) => this with { Values = Array.ConvertAll(rows, row => Values[row]) };
}
