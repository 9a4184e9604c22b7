using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Onnx.Protobuf;

namespace Diffusion.Tests.Support;

/// <summary>
/// The network that has learned N((3, −1), 0.5²) to perfection, as an .onnx file without a
/// card: a table of ᾱ, looked up by whole timesteps.
/// </summary>
internal static class GaussianNetwork
{
    public const double Deviation = 0.5;

    public static readonly double[] Mean = [3, -1];

    /// <summary>The bytes of a file with the inputs sample <c>[n, 2]</c> and timestep int64 <c>[n]</c>.</summary>
    /// <param name="alphaBars">ᾱ, <c>[T]</c>; 0 is allowed.</param>
    /// <param name="prediction">What the network predicts.</param>
    /// <param name="timestepAxis">What the axis of the timestep is called; "n" is that of the points.</param>
    public static byte[] Bytes(IReadOnlyList<double> alphaBars, PredictionType prediction, string timestepAxis = "n")
    {
        GraphBuilder graph = new("main_graph");
        string x = graph.Input("sample", "n", 2);
        string t = graph.Input("timestep", TensorProto.Types.DataType.Int64, [timestepAxis]);
        (float[] slopes, float[] offsets) = Tables(alphaBars, prediction);
        string slope = graph.Apply("Gather", graph.Constant("slopes", slopes, alphaBars.Count, 1), t);
        string offset = graph.Apply("Gather", graph.Constant("offsets", offsets, alphaBars.Count, 2), t);
        graph.Output(graph.Apply("Add", graph.Apply("Mul", x, slope), offset), "out_sample", "n", 2);
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>Mean and deviation to which the probability-flow ODE carries N(0, 1) from one ᾱ to another.</summary>
    public static (double[] Mean, double Deviation) Flow(double from, double to)
    {
        double shrink = Math.Sqrt(Variance(to) / Variance(from));
        return (Array.ConvertAll(Mean, mean => (Math.Sqrt(to) * mean) - (shrink * Math.Sqrt(from) * mean)), shrink);
    }

    private static double Variance(double alphaBar) => (alphaBar * Deviation * Deviation) + 1 - alphaBar;

    /// <summary>The factors of x, <c>[T, 1]</c>, and the rest, <c>[T, 2]</c>, of the prediction.</summary>
    private static (float[] Slopes, float[] Offsets) Tables(IReadOnlyList<double> alphaBars, PredictionType prediction)
    {
        float[] slopes = new float[alphaBars.Count];
        float[] offsets = new float[2 * alphaBars.Count];
        for (int t = 0; t < alphaBars.Count; t++)
        {
            (double signal, double noise, double variance) = (Math.Sqrt(alphaBars[t]), Math.Sqrt(1 - alphaBars[t]), Variance(alphaBars[t]));

            // ε̂ = noise·(x − signal·m)/variance and x̂₀ = m + signal·s²·(x − signal·m)/variance.
            double ofEpsilon = noise / variance;
            double ofClean = signal * Deviation * Deviation / variance;
            (double slope, double offset) = prediction switch
            {
                PredictionType.Epsilon => (ofEpsilon, -ofEpsilon * signal),
                PredictionType.Sample => (ofClean, 1 - (ofClean * signal)),
                _ => ((signal * ofEpsilon) - (noise * ofClean), -(signal * ofEpsilon * signal) - (noise * (1 - (ofClean * signal)))),
            };
            slopes[t] = (float)slope;
            (offsets[2 * t], offsets[(2 * t) + 1]) = ((float)(offset * Mean[0]), (float)(offset * Mean[1]));
        }

        return (slopes, offsets);
    }
}
