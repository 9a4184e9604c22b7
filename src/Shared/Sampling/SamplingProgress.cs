namespace Diffusion.Sampling;

/// <summary>How far a run has come.</summary>
/// <param name="Done">Evaluations done: rows of the tableau times points.</param>
/// <param name="Total">Evaluations in all.</param>
public readonly record struct SamplingProgress(long Done, long Total);
