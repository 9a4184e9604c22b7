using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Onnx;
using Diffusion.Time;

namespace Diffusion.Training.Tests;

/// <summary>A network that computes for many seconds at each step: sines of a large array, over and over.</summary>
internal static class SlowNetwork
{
    private const long Numbers = 1L << 26;
    private const int Times = 100;

    /// <summary>An .onnx file.</summary>
    public static byte[] Bytes()
    {
        GraphBuilder graph = new("slow");
        string points = graph.Input("sample", "n", 1);
        string count = graph.Apply("Mul", graph.Apply("Shape", graph.Input("timestep", "m")), graph.Constant("numbers", [Numbers], 1));
        string values = graph.Apply("ConstantOfShape", count);
        for (int k = 0; k < Times; k++)
        {
            values = graph.Apply("Sin", values);
        }

        graph.Output(graph.Apply("Add", points, graph.Apply("ReduceSum", [("keepdims", 0)], values)), "out_sample", "n", 1);
        return graph.ToModel(
            new ModelCard { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = "slow", Dimension = 1 } }.ToMetadata());
    }
}
