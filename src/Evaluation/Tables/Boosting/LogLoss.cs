namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>−ln p of what a row is or is not, where p = 1/(1 + e⁻ˢ) is the probability that it is.</summary>
/// <param name="labels">What the rows are, <c>[n]</c>; at least one is and one is not.</param>
internal sealed class LogLoss(bool[] labels) : IBoostingLoss
{
    /// <inheritdoc/>
    public double[] Start
    {
        get
        {
            int positive = labels.Count(label => label);
            return [Math.Log((double)positive / (labels.Length - positive))];
        }
    }

    /// <inheritdoc/>
    public void Differentiate(double[][] scores, Gradient[][] gradients)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            double probability = 1 / (1 + Math.Exp(-scores[0][row]));
            gradients[0][row] = new Gradient((float)(probability - (labels[row] ? 1 : 0)), (float)(probability * (1 - probability)));
        }
    }
}
