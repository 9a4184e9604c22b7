namespace Diffusion.Evaluation.Tables;

/// <summary>How alike a column is in two tables.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Score">From 0 to 1, where the two are alike.</param>
public sealed record ColumnScore(string Name, double Score);
