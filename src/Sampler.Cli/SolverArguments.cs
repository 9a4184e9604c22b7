using System.CommandLine;
using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli;

/// <summary>The options that choose a solver and its steps.</summary>
internal sealed class SolverArguments
{
    private static readonly string[] VarianceNames = Array.ConvertAll(Enum.GetNames<DdpmVariance>(), name => name.ToLowerInvariant());
    private static readonly string[] OdeNames = Array.ConvertAll(Enum.GetNames<OdeForm>(), name => name.ToLowerInvariant());

    private readonly Option<string> _solver = new("--solver")
    {
        Description = $"Solver: {string.Join(", ", KnownSolvers.All.Select(entry => entry.Name))}",
        DefaultValueFactory = _ => KnownSolvers.Default.Name,
    };

    private readonly Option<int?> _steps;

    private readonly Option<string?> _spacing = new("--spacing")
    {
        Description = $"Spacing of the steps: {string.Join(", ", TimestepGrids.All.Select(grid => grid.Name))} "
            + "[default: see diffusion solvers]",
    };

    private readonly Option<string?> _times = new("--times")
    {
        Description = "Times t at which the steps begin, descending from T (pure noise), such as 1000,501.5,101,1",
    };

    private readonly Option<double?> _eta = new("--eta") { Description = "η of ddim, between 0 (deterministic) and 1 [default: 0]" };

    private readonly Option<string?> _variance = new("--variance")
    {
        Description = $"Variance of ddpm: {string.Join(" or ", VarianceNames)} [default: {VarianceNames[0]}]",
    };

    private readonly Option<string?> _ode = new("--ode")
    {
        Description = $"Integration variable of euler, heun and rk4: {string.Join(" or ", OdeNames)} [default: {OdeNames[0]}]",
    };

    private readonly Option<double?> _clip = new("--clip")
    {
        Description = "Largest absolute value of the predicted clean data, in the network's units [default: none]",
    };

    private readonly Option<double?> _threshold = new("--threshold")
    {
        Description = "Quantile of dynamic thresholding, such as 0.995; requires --clip [default: none]",
    };

    /// <param name="defaultSteps">What the help says of the number of steps where none is asked for.</param>
    public SolverArguments(string defaultSteps = "see diffusion solvers")
        => _steps = new("--steps") { Description = $"Number of steps, between 1 and T [default: {defaultSteps}]" };

    private Option[] All => [_solver, _steps, _spacing, _times, _eta, _variance, _ode, _clip, _threshold];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _variance.AcceptOnlyFromAmong(VarianceNames);
        _ode.AcceptOnlyFromAmong(OdeNames);
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The name of an option that was given, or null if all of them were left out.</summary>
    public string? Given(ParseResult parsed) => Given(parsed, All);

    /// <summary>The same for the options that choose a solver or belong to some solvers alone.</summary>
    public string? GivenForOne(ParseResult parsed) => Given(parsed, _solver, _eta, _variance, _ode);

    /// <summary>Creates a solver with the settings that the model's configuration asks for.</summary>
    public static ISolver Create(SolverEntry entry, ModelCard card) => entry.Create(entry.Complete(new SolverSettings(), card.Variance));

    /// <summary>Reads what was chosen; what was left out is as the model recommends, and settings as its
    /// configuration says.</summary>
    /// <exception cref="DiffusionException">Options contradict each other, or belong to another solver.</exception>
    public SolverChoice Read(ParseResult parsed, ModelCard card)
    {
        if (Given(parsed) is null && card.Sampling is { } recommended)
        {
            return SolverChoice.From(recommended, card.Variance);
        }

        SolverSettings given = new()
        {
            Eta = parsed.GetValue(_eta),
            Variance = Parse<DdpmVariance>(parsed.GetValue(_variance)),
            Ode = Parse<OdeForm>(parsed.GetValue(_ode)),
        };
        SolverEntry entry = KnownSolvers.Find(parsed.GetRequiredValue(_solver));
        ISolver solver = entry.Create(entry.Complete(given, card.Variance));
        if (parsed.GetValue(_times) is not null && parsed.GetValue(_spacing) is not null)
        {
            throw new DiffusionException("--spacing and --times cannot be combined. Leave one of them out.");
        }

        if (parsed.GetValue(_times) is not null && parsed.GetValue(_steps) is not null)
        {
            throw new DiffusionException("--steps and --times cannot be combined. Leave one of them out.");
        }

        return new SolverChoice(solver)
        {
            Steps = parsed.GetValue(_steps),
            Grid = parsed.GetValue(_spacing) is { } name ? TimestepGrids.Find(name) : null,
            Times = parsed.GetValue(_times) is { } list ? NumberList.Parse(list, _times.Name, "1000,500,1") : null,
            Clipping = ParseClipping(parsed.GetValue(_clip), parsed.GetValue(_threshold)),
        };
    }

    private static string? Given(ParseResult parsed, params Option[] options)
        => options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    private static ClippingOptions? ParseClipping(double? bound, double? percentile) => (bound, percentile) switch
    {
        (null, null) => null,
        (null, _) => throw new DiffusionException("--threshold requires --clip, the bound of the predicted clean data."),
        _ => new ClippingOptions { Bound = bound.Value, Percentile = percentile },
    };

    private static T? Parse<T>(string? name)
        where T : struct, Enum
        => name is null ? null : Enum.Parse<T>(name, ignoreCase: true);
}
