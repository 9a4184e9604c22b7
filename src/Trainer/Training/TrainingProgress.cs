using Diffusion.Training.Networks;

namespace Diffusion.Training;

/// <summary>How far a training run has come.</summary>
/// <param name="Steps">All iterations done, those before a resumption among them; grows as the run goes on.</param>
/// <param name="Resumed">How many of them were done before the resumption.</param>
/// <param name="Network">The network so far, its weights averaged; changes as the run goes on.</param>
public readonly record struct TrainingProgress(IReadOnlyList<TrainingStep> Steps, int Resumed, Network Network)
{
    /// <summary>The number of iterations done.</summary>
    public int Iteration => Steps.Count;

    /// <summary>The last iteration.</summary>
    public TrainingStep Last => Steps[^1];
}
