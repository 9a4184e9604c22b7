using System.CommandLine;
using Diffusion.Data.Tables;
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
    public SamplingRequest Read(ParseResult parsed) => SamplerFile.Load(ModelPath(parsed)) switch
    {
        CompiledSampler compiled => Check(compiled, sampler => ForCompiled(parsed, sampler)),
        var network => ReadNetwork(parsed, (DiffusionSampler)network),
    };

    /// <summary>Loads a network and checks all options against it.</summary>
    /// <exception cref="DiffusionException">The network cannot be loaded or an option does not fit.</exception>
    public NetworkRequest ReadNetwork(ParseResult parsed) => ReadNetwork(parsed, DiffusionSampler.Load(ModelPath(parsed)));

    /// <summary>The same run by each of some solvers, from the same noise.</summary>
    /// <exception cref="DiffusionException">The model has its solver in it, or an option belongs to one solver alone.</exception>
    public IEnumerable<SamplingRequest> ForEach(ParseResult parsed, SamplingRequest request, IReadOnlyList<SolverEntry> solvers)
    {
        if (request is not NetworkRequest network)
        {
            throw new DiffusionException(
                $"'{ModelPath(parsed)}' is a compiled sampler; its solver cannot be replaced by others. "
                    + "Use the network that it was compiled from.");
        }

        return _solver.GivenForOne(parsed) is { } option
            ? throw new DiffusionException($"{option} applies to one solver and cannot be used to compare several. Leave it out.")
            : [.. solvers.Select(solver => Check(
                network.Sampler,
                _ => network with { Options = network.Options with { Solver = SolverArguments.Create(solver, network.Card) } }))];
    }

    private NetworkRequest ReadNetwork(ParseResult parsed, DiffusionSampler network)
    {
        NetworkRequest request = Check(network, sampler =>
        {
            SamplerOptions options = WithNoise(_solver.Read(parsed, sampler.Card), parsed);
            return new NetworkRequest(sampler, Count(parsed, options), options);
        });

        // Given noise may be that of any time, as encode writes it.
        if (request.Options.Noise is null)
        {
            StartWarning.Write(network.Card.Schedule, request.Tableau);
        }

        return request;
    }

    private CompiledRequest ForCompiled(ParseResult parsed, CompiledSampler sampler)
    {
        SamplerOptions options = WithNoise(new SamplerOptions(), parsed);
        CompiledRequest request = new(sampler, Count(parsed, options), options);
        return _solver.Given(parsed) is { } option
            ? throw new DiffusionException(
                $"'{ModelPath(parsed)}' is a compiled sampler ({request.Caption}); {option} cannot change it. "
                    + "Leave it out, or use the network that the file was compiled from.")
            : request;
    }

    private SamplerOptions WithNoise(SamplerOptions options, ParseResult parsed)
        => options with { Seed = parsed.GetValue(_seed), Noise = parsed.GetValue(_noise) is { } file ? PointFile.Read(file) : null };

    private long Count(ParseResult parsed, SamplerOptions options) => parsed.GetValue(_count) ?? options.Noise?.Count ?? _defaultCount;

    /// <summary>Makes a request of a model and checks it; the model is released if the request is refused.</summary>
    private static TRequest Check<TSampler, TRequest>(TSampler sampler, Func<TSampler, TRequest> create)
        where TSampler : ISampler
        where TRequest : SamplingRequest
    {
        try
        {
            TRequest request = create(sampler);
            request.Validate();
            return request;
        }
        catch
        {
            sampler.Dispose();
            throw;
        }
    }
}
