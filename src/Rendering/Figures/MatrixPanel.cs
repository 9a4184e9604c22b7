namespace Diffusion.Rendering.Figures;

/// <summary>A matrix of a <see cref="MatrixFigure"/>.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="Values">The numbers, <c>[n, n]</c>, row by row from the top; those of a column with itself are not shown.</param>
/// <param name="Scale">The numbers that its colours stand for.</param>
public sealed record MatrixPanel(string Label, IReadOnlyList<double> Values, MatrixScale Scale);
