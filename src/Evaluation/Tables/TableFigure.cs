namespace Diffusion.Evaluation.Tables;

/// <summary>A figure of a report.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Synthetic">Its value for the synthetic rows.</param>
/// <param name="Real">Its value for real rows in their place.</param>
public sealed record TableFigure(string Name, double Synthetic, double Real);
