namespace Diffusion.Rendering;

/// <summary>The loss of one training run.</summary>
/// <param name="Name">What tells it from others; it may be empty where there is one.</param>
/// <param name="Values">The loss of every iteration. Values that a logarithm cannot show — zero, negative, not finite — are left out.</param>
public sealed record LossSeries(string Name, IReadOnlyList<float> Values);
