using Diffusion.Cards;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;

namespace Diffusion.Tests.Support;

/// <summary>Compiles the shipped models.</summary>
internal static class CompiledNetwork
{
    /// <summary>The bytes of a compiled sampler.</summary>
    public static byte[] Bytes(string model, SamplingPlan plan, CompileOptions? options = null)
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf(model)), model);
        return SamplerCompiler.Compile(network, ModelCard.FromMetadata(network.Metadata, model), plan, options);
    }
}
