namespace Diffusion.Training;

/// <summary>How far a training run has come.</summary>
/// <param name="Iteration">The number of iterations done.</param>
/// <param name="Loss">The ε-MSE of the last batch.</param>
public readonly record struct TrainingProgress(int Iteration, double Loss);
