using Diffusion.Cards;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Cli;

/// <summary>All that a command line of diffusion-train asks for.</summary>
internal sealed record TrainingRequest(
    TrainingSet Data,
    EpsilonMlpOptions Network,
    NoiseSchedule Schedule,
    Objective Objective,
    TrainingOptions Options)
{
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
            .. new ModelCard { Schedule = Schedule, Data = Data.Info }.ToMetadata().Values,
            $"{Network}",
            $"seed {Options.Seed}",
            $"{Data.HoldOut?.Count ?? 0} held out",
        ]);
}
