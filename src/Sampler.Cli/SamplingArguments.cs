using System.CommandLine;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Sampling;

namespace Diffusion.Cli;

/// <summary>The options that say how to sample; every command that samples has them all.</summary>
internal sealed class SamplingArguments
{
    private readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
    private readonly int _defaultCount;
    private readonly SolverArguments _solver;
    private readonly Option<int?> _count;
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same points", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _noise = new("--noise") { Description = "A .npy or .csv file with the initial noise x_T, standard normal, as encode writes it" };

    /// <param name="defaultCount">The number of points where none is asked for.</param>
    /// <param name="defaultSteps">What the help says of the number of steps where none is asked for.</param>
    public SamplingArguments(int defaultCount = 1_000, string defaultSteps = "see diffusion solvers")
    {
        _defaultCount = defaultCount;
        _solver = new SolverArguments(defaultSteps);
        _count = new("--count", "-n") { Description = $"Number of points [default: {defaultCount}, or as many as --noise has]" };
    }

    /// <summary>Adds the model and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_count);
        _solver.AddTo(command);
        command.Add(_seed);
        command.Add(_noise);
    }

    /// <summary>The path of the model.</summary>
    public string ModelPath(ParseResult parsed) => parsed.GetRequiredValue(_model);

    /// <summary>Loads the model and checks all options against it.</summary>
    /// <exception cref="DiffusionException">The model cannot be loaded or an option does not fit.</exception>
    public SamplingRequest Read(ParseResult parsed)
    {
        SamplerOptions solver = _solver.Read(parsed);
        PointSet? noise = parsed.GetValue(_noise) is { } file ? PointFile.Read(file) : null;
        SamplerOptions options = solver with { Seed = parsed.GetValue(_seed), Noise = noise };
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
}
