namespace Diffusion.Evaluation.Tables;

/// <summary>A figure of a report.</summary>
/// <param name="Key">A word for it.</param>
/// <param name="Name">What it is.</param>
/// <param name="Synthetic">Its value for the synthetic rows.</param>
/// <param name="Real">Its value for real rows in their place.</param>
/// <param name="IsLargerBetter">Whether better rows have a larger value.</param>
public sealed record TableFigure(string Key, string Name, double Synthetic, double Real, bool IsLargerBetter);
