using System.CommandLine;
using Diffusion.Time;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>The option that names the times t of a figure's panels; t = 0 is clean data.</summary>
internal sealed class TimesOption
{
    /// <summary>Where shapes change: half way to the noise, and near the data.</summary>
    private static readonly double[] Shares = [0.6, 0.3, 0.15, 0.05];

    private const int MostTimes = 8;

    private readonly Option<string?> _option;
    private readonly int _least;

    /// <param name="least">The smallest time that makes sense: 0, the data, or 1.</param>
    public TimesOption(int least)
    {
        _least = least;
        _option = new("--times")
        {
            Description = $"Times t of the panels, between {least} and T, separated by commas, such as 600,300,150,50",
        };
    }

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The noise levels of the times, in the order given; by default some that show most.</summary>
    /// <exception cref="DiffusionException">A time is out of range or no number.</exception>
    public IReadOnlyList<NoiseLevel> Read(ParseResult parsed, NoiseSchedule schedule)
    {
        int last = schedule.TrainTimesteps;
        if (parsed.GetValue(_option) is not { } list)
        {
            double[] times = [.. Shares.Select(share => Math.Max(1, Math.Round(share * last)))];
            return [.. (_least == 0 ? times[..^1].Append(0) : times).Distinct().Select(Level)];
        }

        double[] asked = NumberList.Parse(list, _option.Name, "600,300,0");
        return asked.Length <= MostTimes
            ? [.. asked.Select(time => time >= _least && time <= last
                ? Level(time)
                : throw new DiffusionException($"{_option.Name} must be between {_least} and {last}; found {time}."))]
            : throw new DiffusionException($"{_option.Name} must list at most {MostTimes} times; found {asked.Length}.");

        NoiseLevel Level(double time) => schedule.At(PaperTime.ToTimestep(time));
    }
}
