using System.CommandLine;
using System.Globalization;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Schedules;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>The options that say how to sample; every command that samples has them all.</summary>
internal sealed class SamplingArguments
{
    private static readonly string[] VarianceNames = Array.ConvertAll(Enum.GetNames<DdpmVariance>(), name => name.ToLowerInvariant());
    private static readonly string[] OdeNames = Array.ConvertAll(Enum.GetNames<OdeForm>(), name => name.ToLowerInvariant());

    private readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
    private readonly int _defaultCount;
    private readonly Option<int?> _count;
    private readonly Option<string> _solver = new("--solver") { Description = string.Join(", ", KnownSolvers.All.Select(entry => entry.Name)), DefaultValueFactory = _ => KnownSolvers.Default.Name };
    private readonly Option<int?> _steps;
    private readonly Option<string?> _spacing = new("--spacing") { Description = $"Where the steps lie: {string.Join(", ", TimestepGrids.All.Select(grid => grid.Name))} [default: see diffusion solvers]" };
    private readonly Option<string?> _timesteps = new("--timesteps") { Description = "The steps themselves, descending, such as 999,500.5,100,0: indices i = t − 1, the first near T − 1, where there is but noise" };
    private readonly Option<double?> _eta = new("--eta") { Description = "η of ddim, from 0 (deterministic) to 1 [default: 0]" };
    private readonly Option<string?> _variance = new("--variance") { Description = $"Variance of ddpm: {string.Join(" or ", VarianceNames)} [default: {VarianceNames[0]}]" };
    private readonly Option<string?> _ode = new("--ode") { Description = $"Variable of euler, heun and rk4: {string.Join(" or ", OdeNames)} [default: {OdeNames[0]}]" };
    private readonly Option<double?> _clip = new("--clip") { Description = "Largest absolute value of the predicted clean data, in the network's units [default: none]" };
    private readonly Option<double?> _threshold = new("--threshold") { Description = "With --clip: dynamic thresholding at this quantile, such as 0.995 [default: none]" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same points", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _noise = new("--noise") { Description = "A .npy or .csv file with the initial noise x_T, standard normal, as encode writes it" };

    /// <param name="defaultCount">The number of points where none is asked for.</param>
    /// <param name="defaultSteps">What the help says of the number of steps where none is asked for.</param>
    public SamplingArguments(int defaultCount = 1_000, string defaultSteps = "see diffusion solvers")
    {
        _defaultCount = defaultCount;
        _steps = new("--steps") { Description = $"Number of steps, from 1 to T [default: {defaultSteps}]" };
        _count = new("--count", "-n") { Description = $"Number of points [default: {defaultCount}, or as many as --noise has]" };
    }

    /// <summary>Adds the model and the options to a command.</summary>
    public void AddTo(Command command)
    {
        _variance.AcceptOnlyFromAmong(VarianceNames);
        _ode.AcceptOnlyFromAmong(OdeNames);
        command.Add(_model);
        Option[] options = [_count, _solver, _steps, _spacing, _timesteps, _eta, _variance, _ode, _clip, _threshold, _seed, _noise];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>The path of the model.</summary>
    public string ModelPath(ParseResult parsed) => parsed.GetRequiredValue(_model);

    /// <summary>Loads the model and checks all options against it.</summary>
    /// <exception cref="DiffusionException">The model cannot be loaded or an option does not fit.</exception>
    public SamplingRequest Read(ParseResult parsed)
    {
        ISolver solver = KnownSolvers.Find(parsed.GetRequiredValue(_solver))
            .Create(new SolverSettings { Eta = parsed.GetValue(_eta), Variance = Parse<DdpmVariance>(parsed.GetValue(_variance)), Ode = Parse<OdeForm>(parsed.GetValue(_ode)) });
        if (parsed.GetValue(_timesteps) is not null && parsed.GetValue(_spacing) is not null)
        {
            throw new DiffusionException("Either --spacing or --timesteps may be given, not both.");
        }

        PointSet? noise = parsed.GetValue(_noise) is { } file ? PointFile.Read(file) : null;
        SamplerOptions options = new()
        {
            Solver = solver,
            Steps = parsed.GetValue(_steps),
            Grid = parsed.GetValue(_spacing) is { } name ? TimestepGrids.Find(name) : null,
            Timesteps = parsed.GetValue(_timesteps) is { } list ? ParseTimesteps(list) : null,
            Seed = parsed.GetValue(_seed),
            Noise = noise,
            Clipping = ParseClipping(parsed.GetValue(_clip), parsed.GetValue(_threshold)),
        };
        return Check(new SamplingRequest(DiffusionSampler.Load(ModelPath(parsed)), parsed.GetValue(_count) ?? noise?.Count ?? _defaultCount, options));
    }

    private static SamplingRequest Check(SamplingRequest request)
    {
        try
        {
            request.Validate();
            return request;
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    private static ClippingOptions? ParseClipping(double? bound, double? percentile) => (bound, percentile) switch
    {
        (null, null) => null,
        (null, _) => throw new DiffusionException("--threshold needs --clip, the bound that points are scaled into."),
        _ => new ClippingOptions { Bound = bound.Value, Percentile = percentile },
    };

    private static T? Parse<T>(string? name)
        where T : struct, Enum
        => name is null ? null : Enum.Parse<T>(name, ignoreCase: true);

    private static double[] ParseTimesteps(string list)
    {
        string[] words = list.Split(',', StringSplitOptions.TrimEntries);
        return Array.ConvertAll(words, word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new DiffusionException($"--timesteps must be numbers between commas, such as 999,500,0; '{word}' is not a number."));
    }
}
