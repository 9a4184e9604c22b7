using Diffusion.Cards;
using Diffusion.Onnx.Protobuf;

namespace Diffusion.Onnx.Compiling;

/// <content>The network within the body of the loop.</content>
public sealed partial class SamplerCompiler
{
    /// <summary>Writes the network's answer at x.</summary>
    private string WriteNetwork(string x)
    {
        Dictionary<string, string> names = Renaming.OutOfTheWayOf([.. TakenNames()], _network.Model.Graph);
        names[_network.Names.Sample] = x;
        if (_table is not null)
        {
            (names[NetworkInputs.Given], names[NetworkInputs.GivenMask]) = _given;
        }

        string timestep = names[_network.Names.Timestep];
        GraphProto graph = _network.Model.Graph;
        TensorProto[] weights = [.. Renaming.Renamed(graph.Initializer, names)];
        _graph.Include([], weights);
        if (!_network.IsTimestepBatched)
        {
            float[] timesteps = Array.ConvertAll(_rows, row => (float)row.Row.Level.Timestep);
            string one = Scanned(
                _graph.Constant("sampler/timestep", timesteps, _rows.Length, 1),
                "timestep", TensorProto.Types.DataType.Float, 1);
            names[_network.Names.Timestep] = _network.TimestepOf(_body, one, x);
        }

        NodeProto[] nodes = [.. Renaming.Renamed(graph.Node, names)];
        if (_network.IsTimestepBatched)
        {
            nodes = Hoist(nodes, weights, timestep);
        }

        _body.Include(nodes, []);
        return names.GetValueOrDefault(_network.Names.Output!, _network.Names.Output!);
    }

    /// <summary>The names of inputs and outputs, which values of the network must not have.</summary>
    private IEnumerable<string> TakenNames()
    {
        string[] names =
        [
            CompiledNames.Noise, CompiledNames.StepNoise, CompiledNames.Sample, CompiledNames.Trajectory, _network.Names.Timestep,
            .. _network.ConditionInputs,
        ];
        return _table is null ? names
            : names.Concat(CompiledColumn.FromTable(_table).SelectMany(column => new[] { column.Output, column.Given, column.Mask }));
    }

    /// <summary>
    /// Moves what depends on the timestep alone out of the body: computed once for all rows, then gone through like a coefficient.
    /// </summary>
    private NodeProto[] Hoist(NodeProto[] nodes, TensorProto[] weights, string timestep)
    {
        TimePart part = TimePart.Of(new GraphProto { Node = { nodes }, Initializer = { weights } }, timestep, TimestepType);
        if (_network.IsTimestepWhole)
        {
            _graph.Constant(timestep, Array.ConvertAll(_rows, row => (long)row.Row.Level.Timestep), _rows.Length);
        }
        else
        {
            _graph.Constant(timestep, Array.ConvertAll(_rows, row => (float)row.Row.Level.Timestep), _rows.Length);
        }

        _graph.Include(part.Nodes, []);
        string axis = _graph.Constant("sampler/row_axis", [1L], 1);
        Dictionary<string, string> inBody = [];
        foreach (string result in part.Results)
        {
            // [m, …] becomes [m, 1, …], so that a row has the shape that it has in the network for one timestep.
            string name = Invariant($"row/time{inBody.Count}");
            _scanned.Add((_graph.Apply("Unsqueeze", result, axis), 0));
            inBody[result] = _body.Input(name, part.TypeOf(result), shape: null);
        }

        return [.. Renaming.Renamed(part.Rest, inBody)];
    }

    private TensorProto.Types.DataType TimestepType
        => _network.IsTimestepWhole ? TensorProto.Types.DataType.Int64 : TensorProto.Types.DataType.Float;
}
