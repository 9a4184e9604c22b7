using Diffusion.Cards;
using Diffusion.Onnx.Networks;

namespace Diffusion.Fuzz.Tests;

/// <summary>The network that the trainer writes, with two units in each layer: small files are spoilt where it matters more often.</summary>
internal static class TinyNetwork
{
    /// <summary>An .onnx file.</summary>
    public static byte[] Bytes(ModelCard card)
    {
        EpsilonMlpOptions options = new() { Dimension = card.Data.Dimension, Width = 2, Depth = 1, InputFrequencies = 1, TimeFrequencies = 1 };
        EpsilonMlpWeights weights = new(
            Layer(options.InputFeatures, options.Width, hasBias: false),
            Layer(options.TimeFeatures, options.Width, hasBias: true),
            [],
            Layer(options.Width, options.Dimension, hasBias: true));
        return EpsilonMlpGraph.Build(options, weights, card);
    }

    private static Dense Layer(int inputs, int outputs, bool hasBias)
        => new([.. Enumerable.Range(0, inputs * outputs).Select(k => 0.1f * (k + 1))], hasBias ? new float[outputs] : []);
}
