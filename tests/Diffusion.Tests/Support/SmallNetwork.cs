using Diffusion.Cards;
using Diffusion.Onnx;

namespace Diffusion.Tests.Support;

/// <summary>A network such as the trainer writes, with one hidden layer, written without Torch.</summary>
internal static class SmallNetwork
{
    /// <summary>An .onnx file.</summary>
    /// <param name="card">What it says about itself.</param>
    /// <param name="width">The number of units in the hidden layer.</param>
    /// <param name="frequencies">How many of sin and cos of x, 2x, 4x, … accompany x.</param>
    /// <param name="weights">Draws so many weights.</param>
    public static byte[] Bytes(ModelCard card, int width, int frequencies, Func<int, float[]> weights)
    {
        int dimension = card.Data.Dimension;
        int features = dimension * (1 + (2 * frequencies));
        GraphBuilder graph = new("small");
        string x = graph.Input("sample", "n", dimension);
        string logSigma = LogSigma(graph, card);
        string time = graph.Apply("Concat", [("axis", 1)], logSigma, graph.Apply("Sin", logSigma));
        string angles = graph.Apply(
            "Flatten",
            graph.Apply(
                "Mul",
                graph.Apply("Unsqueeze", x, "one"),
                graph.Constant("frequencies", [.. Enumerable.Range(0, frequencies).Select(k => (float)(1 << k))], 1, frequencies, 1)));
        string waves = graph.Apply("Concat", [("axis", 1)], x, graph.Apply("Sin", angles), graph.Apply("Cos", angles));
        string fromTime = graph.Apply(
            "Gemm", [("transB", 1)], time,
            graph.Constant("time.weight", weights(2 * width), width, 2), graph.Constant("time.bias", weights(width), width));
        string inputWeight = graph.Constant("input.weight", weights(features * width), width, features);
        string sum = graph.Apply(
            "Add", graph.Apply("Gemm", [("transB", 1)], waves, inputWeight), fromTime);
        string hidden = graph.Apply("Mul", sum, graph.Apply("Sigmoid", sum));
        string output = graph.Apply(
            "Gemm", [("transB", 1)], hidden, graph.Constant("output.weight", weights(width * dimension), dimension, width),
            graph.Constant("output.bias", weights(dimension), dimension));
        graph.Output(graph.Apply("Add", graph.Apply("Mul", graph.Apply("Sigmoid", logSigma), x), output), "out_sample", "n", dimension);
        return graph.ToModel(card.ToMetadata());
    }

    /// <summary>log σ at the index below, <c>[m, 1]</c>.</summary>
    private static string LogSigma(GraphBuilder graph, ModelCard card)
    {
        string column = graph.Apply("Unsqueeze", graph.Input("timestep", "m"), graph.Constant("one", [1L], 1));
        string last = graph.Scalar("last_index", card.Schedule.TrainTimesteps - 1);
        string index = graph.Apply("Clip", column, graph.Scalar("first_index", 0), last);
        float[] table = Array.ConvertAll(card.Schedule.LogSigmas.ToArray(), value => (float)value);
        return graph.Apply("Gather", graph.Constant("log_sigma", table, table.Length), graph.ToInt64(index));
    }
}
