namespace Diffusion.Evaluation;

/// <summary>What an evaluation found.</summary>
/// <param name="Points">The number of samples, and of true points, for each seed.</param>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Measures">What each measure gave.</param>
/// <param name="ExcessError">How far the network is from the exact prediction; null where that is not known.</param>
public sealed record EvaluationResult(int Points, int Seeds, IReadOnlyList<MeasureResult> Measures, ExcessError? ExcessError);

/// <summary>What a measure gave.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">For samples of the model against true points.</param>
/// <param name="TruePoints">For other true points in place of the samples: the best that a model can do.</param>
/// <param name="Exact">For endlessly many true points, where that is known.</param>
public sealed record MeasureResult(string Name, Statistic Samples, Statistic TruePoints, double? Exact);
