using System.CommandLine;
using Diffusion.Time;

namespace Diffusion.Training.Cli;

/// <summary>The options of diffusion-train for the noise schedule.</summary>
internal sealed class ScheduleArguments
{
    private const string LinearName = "linear";
    private const string CosineName = "cosine";

    private readonly Option<int> _trainTimesteps = new("--train-timesteps")
    {
        Description = "Number of training timesteps T", DefaultValueFactory = _ => NoiseSchedule.DefaultTrainTimesteps,
    };

    private readonly Option<string> _schedule = new("--schedule")
    {
        Description = "Noise schedule: linear or cosine", DefaultValueFactory = _ => LinearName,
    };

    private readonly Option<double?> _betaStart = new("--beta-start")
    {
        Description = "First β of the linear schedule [default: 1e-4 · 1000/T]",
    };

    private readonly Option<double?> _betaEnd = new("--beta-end")
    {
        Description = "Last β of the linear schedule [default: 0.02 · 1000/T]",
    };

    /// <summary>The options.</summary>
    public Option[] All => [_trainTimesteps, _schedule, _betaStart, _betaEnd];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _schedule.AcceptOnlyFromAmong(LinearName, CosineName);
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Creates the schedule.</summary>
    /// <exception cref="DiffusionException">An option is out of range or does not fit another one.</exception>
    public NoiseSchedule Read(ParseResult parsed)
    {
        bool isCosine = parsed.GetValue(_schedule) == CosineName;
        if (isCosine && (parsed.GetValue(_betaStart) ?? parsed.GetValue(_betaEnd)) is not null)
        {
            throw new DiffusionException(
                "--beta-start and --beta-end apply to the linear schedule. Leave them out, or use --schedule linear.");
        }

        int trainTimesteps = parsed.GetValue(_trainTimesteps);
        return isCosine
            ? NoiseSchedule.Cosine(trainTimesteps)
            : NoiseSchedule.Linear(trainTimesteps, parsed.GetValue(_betaStart), parsed.GetValue(_betaEnd));
    }
}
