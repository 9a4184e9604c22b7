using Diffusion.Cards;
using Diffusion.Time;
using Diffusion.Training.Data;

namespace Diffusion.Training.Cli;

/// <summary>All that a command line of diffusion-train asks for.</summary>
/// <param name="Data">What to learn from.</param>
/// <param name="Network">What learns.</param>
/// <param name="Card">The card of the model, but for how it was trained.</param>
/// <param name="Objective">What it is trained for.</param>
/// <param name="Options">How to train.</param>
internal sealed record TrainingRequest(
    TrainingSet Data,
    NetworkChoice Network,
    ModelCard Card,
    Objective Objective,
    TrainingOptions Options)
{
    /// <summary>The longest training that can be asked for: a week.</summary>
    public const double MostMinutes = 7 * 24 * 60;

    /// <summary>The noise schedule.</summary>
    public NoiseSchedule Schedule => Card.Schedule;

    /// <summary>The minutes of training, in place of the number of iterations; null where that number counts.</summary>
    public required double? Minutes { get; init; }

    /// <summary>The model to write.</summary>
    public required string Output { get; init; }

    /// <summary>The folder for pictures, or null for none.</summary>
    public required string? Figures { get; init; }

    /// <summary>The file for the log, or null for none.</summary>
    public required string? Log { get; init; }

    /// <summary>The file that the run can be resumed from.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Whether to go on from it.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>The command that makes the same model again.</summary>
    public required string Command { get; init; }

    /// <summary>What must be the same for a run to be resumed: everything that the weights mean something for.</summary>
    public string Identity => string.Join(
        '\n',
        [
            .. Card.ToMetadata().Values,
            Network.Description,
            $"seed {Options.Seed}",
            $"{Data.HoldOut?.Count ?? 0} held out",
        ]);
}
