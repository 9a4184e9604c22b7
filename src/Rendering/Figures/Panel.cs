using Diffusion.Points;

namespace Diffusion.Rendering.Figures;

/// <summary>One picture of a strip.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="Points">The points, <c>[n, d]</c>.</param>
/// <param name="IsData">Whether they are data, which have a colour of their own.</param>
public sealed record Panel(string Label, PointSet Points, bool IsData = false);
