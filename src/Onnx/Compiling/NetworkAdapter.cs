using Diffusion.Cards;
using Diffusion.Onnx.Protobuf;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// Gives a network the names, the shapes and the card that this project's own networks have, so that the sampler can run it.
/// </summary>
public static class NetworkAdapter
{
    /// <summary>
    /// The bytes of an .onnx file with the inputs <c>sample</c> <c>[n, d]</c> and <c>timestep</c> <c>[1]</c> and the output
    /// <c>out_sample</c> <c>[n, d]</c>, all float32.
    /// </summary>
    /// <param name="network">The network, whatever its inputs are called and however it takes the timestep.</param>
    /// <param name="card">What the file is to say about itself.</param>
    /// <exception cref="DiffusionException">The card is for points of another dimension.</exception>
    public static byte[] Adapt(NetworkFile network, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        network.RequireDimension(card);
        GraphBuilder graph = new("network", "adapter/");
        string sample = graph.Input(NetworkInputs.Sample, "n", network.Dimension);
        Dictionary<string, string> names = Renaming.OutOfTheWayOf(
            [NetworkInputs.Sample, NetworkInputs.Timestep, NetworkInputs.Output, .. network.ConditionInputs], network.Model.Graph);
        names[network.Names.Sample] = sample;
        foreach (string input in network.ConditionInputs)
        {
            names[input] = graph.Input(input, "n", network.Dimension);
        }

        names[network.Names.Timestep] = network.TimestepOf(graph, graph.Input(NetworkInputs.Timestep, 1), sample);
        GraphProto inner = network.Model.Graph;
        graph.Include(Renaming.Renamed(inner.Node, names), Renaming.Renamed(inner.Initializer, names));
        graph.Output(names.GetValueOrDefault(network.Names.Output!, network.Names.Output!), NetworkInputs.Output, "n", network.Dimension);
        return graph.ToModel(card.ToMetadata(), network.Model);
    }
}
