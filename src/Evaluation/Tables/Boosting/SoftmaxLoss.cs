namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>−ln p of the class of a row, where the probabilities of the classes are proportional to eˢ of their scores.</summary>
/// <param name="classes">The class of each row, counted from 0, <c>[n]</c>.</param>
/// <param name="count">The number k of classes.</param>
internal sealed class SoftmaxLoss(int[] classes, int count) : IBoostingLoss
{
    /// <summary>The share of a class that no row has; its score is to be finite.</summary>
    private const double LeastShare = 1e-9;

    /// <inheritdoc/>
    public double[] Start =>
    [
        .. Enumerable.Range(0, count).Select(
            label => Math.Log(Math.Max((double)classes.Count(other => other == label) / classes.Length, LeastShare))),
    ];

    /// <inheritdoc/>
    public void Differentiate(double[][] scores, Gradient[][] gradients)
    {
        double[] weights = new double[count];
        for (int row = 0; row < classes.Length; row++)
        {
            double largest = scores.Max(ofClass => ofClass[row]);
            for (int label = 0; label < count; label++)
            {
                weights[label] = Math.Exp(scores[label][row] - largest);
            }

            double sum = weights.Sum();
            for (int label = 0; label < count; label++)
            {
                double probability = weights[label] / sum;
                gradients[label][row] = new Gradient(
                    (float)(probability - (classes[row] == label ? 1 : 0)), (float)(probability * (1 - probability)));
            }
        }
    }
}
