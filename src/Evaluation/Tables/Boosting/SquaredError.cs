namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>Half the squared error (s − y)²/2 of a number y, whose score s is its prediction.</summary>
/// <param name="targets">The numbers, <c>[n]</c>.</param>
internal sealed class SquaredError(double[] targets) : IBoostingLoss
{
    /// <inheritdoc/>
    public double[] Start => [targets.Average()];

    /// <inheritdoc/>
    public void Differentiate(double[][] scores, Gradient[][] gradients)
    {
        for (int row = 0; row < targets.Length; row++)
        {
            gradients[0][row] = new Gradient((float)(scores[0][row] - targets[row]), 1);
        }
    }
}
