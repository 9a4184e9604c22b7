namespace Diffusion.Rendering;

/// <summary>How a figure of the training loss looks.</summary>
public sealed record LossOptions
{
    /// <summary>The title, or nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the loss is, beside its axis.</summary>
    public string LossLabel { get; init; } = "ε-MSE loss";

    /// <summary>The number of iterations that the smooth line is a mean of; by default a fiftieth of the longest run.</summary>
    public int? SmoothingWindow { get; init; }

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Light;
}
