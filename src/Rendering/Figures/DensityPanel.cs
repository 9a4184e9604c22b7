namespace Diffusion.Rendering.Figures;

/// <summary>A density over a square of the plane.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="Values">p, <c>[side, side]</c>, row by row from the top left, in the middle of each cell; finite, not below 0.</param>
public sealed record DensityPanel(string Label, double[] Values);
