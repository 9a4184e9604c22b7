using Diffusion.Points;

namespace Diffusion.Rendering.Figures;

/// <summary>Directions at places in the plane.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="Places">The places, <c>[n, 2]</c>.</param>
/// <param name="Directions">The directions there, <c>[n, 2]</c>; only their ratios matter.</param>
/// <param name="Points">The points that are moved by them, <c>[m, 2]</c>, drawn behind.</param>
public sealed record FieldPanel(string Label, PointSet Places, float[] Directions, PointSet Points);
