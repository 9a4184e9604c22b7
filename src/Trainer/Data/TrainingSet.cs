using Diffusion.Points;

namespace Diffusion.Training.Data;

/// <summary>What a network is trained on.</summary>
/// <param name="Source">The points that it learns from.</param>
/// <param name="HoldOut">Points that it never sees, <c>[n, d]</c> in the units of the network; null where every point is a fresh one.</param>
/// <param name="Remarks">What a user should know about the data, a sentence each.</param>
public sealed record TrainingSet(IPointSource Source, PointSet? HoldOut, IReadOnlyList<string> Remarks);
