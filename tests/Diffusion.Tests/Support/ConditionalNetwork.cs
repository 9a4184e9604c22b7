using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Onnx.Protobuf;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>A network that takes conditions: ε̂ = x/2 + t/2000 + offset of the label + (given + mask)/4, for points in the plane.</summary>
internal sealed class ConditionalNetwork(ConditionSignature conditions) : IDenoiser
{
    private const int Dimension = 2;

    /// <summary>Two classes, and none, <c>[3, 2]</c>.</summary>
    private static readonly float[] Offsets = [0.5f, -0.25f, -1, 0.125f, 0, 1.5f];

    public static ConditionSignature Labels { get; } = new(ClassCount: 2);

    public static ConditionSignature LabelsAndGiven { get; } = new(ClassCount: 2, TakesGiven: true);

    public DenoiserSignature Signature { get; } = new(SampleShape.Vector(Dimension)) { Conditions = conditions };

    public static ConditionSignature Given { get; } = new(TakesGiven: true);

    public static ModelCard CardOf(ConditionSignature conditions) => new()
    {
        Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = "conditional", Dimension = Dimension }, Conditions = conditions,
    };

    /// <summary>The conditions of n samples: the labels in turn, and every third value given.</summary>
    public static ConditionBatch ConditionsOf(ConditionSignature conditions, int count)
    {
        int values = conditions.TakesGiven ? Dimension * count : 0;
        float[] mask = [.. Enumerable.Range(0, values).Select(k => k % 3 == 0 ? 1f : 0)];
        return new ConditionBatch(count)
        {
            Labels = Enumerable.Range(0, conditions.TakesLabels ? count : 0).Select(k => k % (conditions.NoLabel + 1)).ToArray(),
            Given = mask.Select((known, k) => known * MathF.Sin(k)).ToArray(),
            Mask = mask,
        };
    }

    /// <summary>The same as an .onnx file without a card.</summary>
    /// <param name="conditions">What it takes.</param>
    /// <param name="labels">The element type of the labels.</param>
    public static byte[] Bytes(ConditionSignature conditions, TensorProto.Types.DataType labels = TensorProto.Types.DataType.Int64)
    {
        GraphBuilder graph = new("conditional");
        string half = graph.Apply("Mul", graph.Input("sample", "n", Dimension), graph.Scalar("half", 0.5));
        string time = graph.Apply("Mul", graph.Input("timestep", "m"), graph.Scalar("rate", 1 / 2000.0));
        string sum = graph.Apply("Add", half, time);
        if (conditions.TakesLabels)
        {
            string label = graph.ToInt64(graph.Input("class_labels", labels, ["n"]));
            sum = graph.Apply(
                "Add", sum,
                graph.Apply("Gather", graph.Constant("offsets", Offsets, Offsets.Length / Dimension, Dimension), label));
        }

        if (conditions.TakesGiven)
        {
            string given = graph.Apply("Add", graph.Input("given", "n", Dimension), graph.Input("given_mask", "n", Dimension));
            sum = graph.Apply("Add", sum, graph.Apply("Mul", given, graph.Scalar("quarter", 0.25)));
        }

        graph.Output(sum, "out_sample", "n", Dimension);
        return graph.ToModel(new Dictionary<string, string>());
    }

    public void Predict(in DenoiserCall input, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (input.X[i] / 2) + (float)(input.Level.Timestep / 2000);
            if (Signature.Conditions.TakesLabels)
            {
                output[i] += Offsets[(Dimension * input.Conditions!.Labels.Span[i / Dimension]) + (i % Dimension)];
            }

            if (Signature.Conditions.TakesGiven)
            {
                output[i] += (input.Conditions!.Given.Span[i] + input.Conditions.Mask.Span[i]) / 4;
            }
        }
    }
}
