using System.CommandLine;
using System.Globalization;
using Diffusion.Codecs;
using Diffusion.Time;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Cli;

/// <summary>The options of diffusion-train for the shape of the network.</summary>
internal sealed class NetworkArguments
{
    private const string FourierName = "fourier";
    private const string PlainName = "plain";

    private static readonly EpsilonMlpOptions Usual = Recipe.All[0].Network(1);

    private readonly Option<string?> _network = new("--network")
    {
        Description = "Input features of points: fourier (sines and cosines of x and the noise level) or plain (x and t/T) "
            + "[default: fourier]",
    };

    private readonly Option<int?> _width = new("--width") { Description = Describe("Units in each hidden layer", Usual.Width) };
    private readonly Option<int?> _depth = new("--depth") { Description = Describe("Number of hidden layers", Usual.Depth) };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _network.AcceptOnlyFromAmong(FourierName, PlainName);
        command.Add(_network);
        command.Add(_width);
        command.Add(_depth);
    }

    /// <summary>Chooses the network for data.</summary>
    /// <exception cref="DiffusionException">A size is out of range, or an option does not fit the data.</exception>
    public NetworkChoice Read(ParseResult parsed, Recipe recipe, DataInfo data, NoiseSchedule schedule, ulong seed)
    {
        (int? width, int? depth, string? features) = (parsed.GetValue(_width), parsed.GetValue(_depth), parsed.GetValue(_network));
        if (data.Table is { } table)
        {
            if (features is not null)
            {
                throw new DiffusionException($"{_network.Name} applies to points; a table has a network of its own. Leave it out.");
            }

            TableNetworkOptions options = new();
            options = options with { Width = width ?? options.Width, Depth = depth ?? options.Depth };
            return new NetworkChoice($"{options}", () => new TableNetwork(table, schedule, seed, options));
        }

        EpsilonMlpOptions network = features switch
        {
            FourierName => new EpsilonMlpOptions { Dimension = data.Dimension },
            PlainName => EpsilonMlpOptions.Plain(data.Dimension),
            _ => recipe.Network(data.Dimension),
        };
        network = network with { Width = width ?? network.Width, Depth = depth ?? network.Depth };
        network.Validate();
        return new NetworkChoice($"{network}", () => new EpsilonMlp(network, schedule, seed));
    }

    private static string Describe(string description, int usual)
        => string.Create(CultureInfo.InvariantCulture, $"{description} [default: {usual}]");
}

/// <summary>A network of a chosen shape.</summary>
/// <param name="Description">What makes it another network than others, as text.</param>
/// <param name="Create">Creates it, with the weights of the seed.</param>
internal sealed record NetworkChoice(string Description, Func<Network> Create);
