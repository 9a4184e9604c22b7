namespace Diffusion.Cli.Commands;

/// <summary>What diffusion evaluate measures of a table, and what it does with it.</summary>
/// <param name="Target">A column that is predicted from the others; null for none.</param>
/// <param name="AsJson">Whether to write JSON.</param>
/// <param name="Required">Limits that the figures must keep.</param>
internal sealed record TableEvaluationOptions(string? Target, bool AsJson, Requirements Required);
