using Diffusion.Onnx;
using Diffusion.Onnx.Protobuf;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>A network as others write it, without a card: ε̂ = 0.7·x + sin(t / 100).</summary>
internal static class ForeignNetwork
{
    /// <summary>The bytes of an .onnx file with the inputs x <c>[n, 3]</c> and t and the output eps <c>[n, 3]</c>.</summary>
    /// <param name="shape">The timestep's: none for a scalar, "1", "n" as that of the points, or another symbol.</param>
    /// <param name="isWhole">Whether the timestep is int64.</param>
    public static byte[] Bytes(string shape, bool isWhole)
    {
        GraphBuilder graph = new("main_graph");
        string x = graph.Input("x", "n", 3);
        string t = graph.Input(
            "t",
            isWhole ? TensorProto.Types.DataType.Int64 : TensorProto.Types.DataType.Float,
            shape switch { "" => [], "1" => [1], _ => [shape] });
        string index = graph.Apply("Cast", [("to", (long)TensorProto.Types.DataType.Float)], t);

        // Values within the network may be called as the sampler calls its own.
        string column = shape.Length == 0 ? index : graph.Apply("Unsqueeze", index, graph.Constant("noise", [1L], 1));
        string time = graph.Apply("Sin", graph.Apply("Div", column, graph.Scalar("sample", 100)));
        graph.Output(graph.Apply("Add", graph.Apply("Mul", x, graph.Scalar("trajectory", 0.7)), time), "eps", "n", 3);
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>The same without a file.</summary>
    public static void Predict(ReadOnlySpan<float> x, NoiseLevel level, Span<float> epsilon)
    {
        for (int i = 0; i < x.Length; i++)
        {
            epsilon[i] = (float)((0.7 * x[i]) + Math.Sin(level.Timestep / 100));
        }
    }
}
