namespace Diffusion.Cards;

/// <summary>How a model was made: enough to make it again.</summary>
public sealed record TrainingInfo
{
    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>The seed of all randomness.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of training iterations that were done.</summary>
    public required int Iterations { get; init; }

    /// <summary>The mean loss over the last iterations: the mean squared error of what the network predicts, weighted as in
    /// training.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean loss of the shipped weights on samples that were held out, or null where none were.</summary>
    public double? HoldOutLoss { get; init; }

    /// <summary>Gets the share of the rows of a table that was held out, by which, with the seed, an evaluation finds them again; null for
    /// points, and where none were.</summary>
    public double? HoldOutShare { get; init; }

    /// <summary>The versions of the packages that decide the outcome.</summary>
    public required IReadOnlyDictionary<string, string> Packages { get; init; }
}
