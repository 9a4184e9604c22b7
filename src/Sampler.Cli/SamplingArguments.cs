using System.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>The options that say how to sample; every command that samples has them all.</summary>
internal sealed class SamplingArguments
{
    private readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
    private readonly int _defaultCount;
    private readonly SolverArguments _solver;
    private readonly Option<long?> _count;
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the noise; the same seed gives the same points", DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _noise = new("--noise")
    {
        Description = "A .npy or .csv file with the initial noise x_T (standard normal), such as diffusion encode writes",
    };

    /// <param name="defaultCount">The number of points where none is asked for.</param>
    /// <param name="defaultSteps">What the help says of the number of steps where none is asked for.</param>
    public SamplingArguments(int defaultCount = 1_000, string defaultSteps = "see diffusion solvers")
    {
        _defaultCount = defaultCount;
        _solver = new SolverArguments(defaultSteps);
        _count = new("--count", "-n") { Description = $"Number of points [default: {defaultCount}, or the number in --noise]" };
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

    /// <summary>Loads the model, be it a network or a compiled sampler, and checks all options against it.</summary>
    /// <exception cref="DiffusionException">The model cannot be loaded or an option does not fit.</exception>
    public SamplingRequest Read(ParseResult parsed) => Read(parsed, LocalSampler.LoadAny(ModelPath(parsed)));

    /// <summary>Loads a network and checks all options against it.</summary>
    /// <exception cref="DiffusionException">The network cannot be loaded or an option does not fit.</exception>
    public SamplingRequest ReadNetwork(ParseResult parsed) => Read(parsed, DiffusionSampler.Load(ModelPath(parsed)));

    /// <summary>The same run by each of some solvers, from the same noise.</summary>
    /// <exception cref="DiffusionException">The model has its solver in it, or an option belongs to one solver alone.</exception>
    public IEnumerable<SamplingRequest> ForEach(ParseResult parsed, SamplingRequest request, IReadOnlyList<SolverEntry> solvers)
    {
        if (request.Solver is not { } choice)
        {
            throw new DiffusionException(
                $"'{ModelPath(parsed)}' is a compiled sampler; its solver cannot be replaced by others. "
                    + "Use the network that it was compiled from.");
        }

        return _solver.GivenForOne(parsed) is { } option
            ? throw new DiffusionException($"{option} applies to one solver and cannot be used to compare several. Leave it out.")
            : [.. solvers.Select(solver => request.With(choice with { Solver = SolverArguments.Create(solver, request.Card) }))];
    }

    /// <summary>The shape of a sample of the model where a row has as many values; that of the row where it has not.</summary>
    private static SampleShape ShapeOf(PointSet noise, LocalSampler sampler)
        => noise.Dimension == sampler.Signature.Shape.Size ? sampler.Signature.Shape : SampleShape.Vector(noise.Dimension);

    /// <summary>Makes a request of a model and checks it; the model is released if the request is refused.</summary>
    private SamplingRequest Read(ParseResult parsed, LocalSampler sampler)
    {
        try
        {
            PointSet? noise = parsed.GetValue(_noise) is { } file ? PointFile.Read(file) : null;
            SamplingJob job = new()
            {
                Count = parsed.GetValue(_count) ?? noise?.Count ?? _defaultCount,
                Seed = parsed.GetValue(_seed),
                Noise = noise is null ? null : new SampleBatch(noise.AsMemory(), ShapeOf(noise, sampler)),
            };
            SamplingRequest request = sampler is CompiledSampler compiled
                ? ForCompiled(parsed, compiled, job)
                : ForNetwork(parsed, sampler, job);
            sampler.Validate(request.Job, new ExecutionOptions(), isInMemory: false);

            // Given noise may be that of any time, as encode writes it.
            if (request.Solver is not null && noise is null)
            {
                StartWarning.Write(sampler.Card.Schedule, request.Tableau);
            }

            return request;
        }
        catch
        {
            sampler.Dispose();
            throw;
        }
    }

    private SamplingRequest ForNetwork(ParseResult parsed, LocalSampler sampler, SamplingJob job)
    {
        SolverChoice choice = _solver.Read(parsed, sampler.Card);
        return new SamplingRequest(sampler, job with { Clipping = choice.Clipping }).With(choice);
    }

    private SamplingRequest ForCompiled(ParseResult parsed, CompiledSampler sampler, SamplingJob job)
        => _solver.Given(parsed) is { } option
            ? throw new DiffusionException(
                $"'{ModelPath(parsed)}' is a compiled sampler ({sampler.Plan.Caption}); {option} cannot change it. "
                    + "Leave it out, or use the network that the file was compiled from.")
            : new SamplingRequest(sampler, job);
}
