namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>What boosted trees make small on training rows.</summary>
internal interface IBoostingLoss
{
    /// <summary>Gets the best score that is the same for all rows, of each output, <c>[k]</c>.</summary>
    double[] Start { get; }

    /// <summary>Computes the derivatives of the loss of each row by its scores.</summary>
    /// <param name="scores">The scores, <c>[k][n]</c>.</param>
    /// <param name="gradients">Receives the derivatives, <c>[k][n]</c>.</param>
    void Differentiate(double[][] scores, Gradient[][] gradients);
}
