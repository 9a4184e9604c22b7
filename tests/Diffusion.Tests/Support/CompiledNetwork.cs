using Diffusion.Cards;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;

namespace Diffusion.Tests.Support;

/// <summary>Compiles the shipped models.</summary>
internal static class CompiledNetwork
{
    /// <summary>A compiled sampler, ready to run.</summary>
    public static CompiledSampler Load(string model, SamplingPlan plan, bool trajectory = false)
        => CompiledSampler.Load(Bytes(model, plan, trajectory));

    /// <summary>The bytes of a compiled sampler with or without its trajectory.</summary>
    public static byte[] Bytes(string model, SamplingPlan plan, bool trajectory)
        => Bytes(model, plan, new CompileOptions { Trajectory = trajectory });

    /// <summary>The bytes of a compiled sampler.</summary>
    public static byte[] Bytes(string model, SamplingPlan plan, CompileOptions? options = null)
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf(model)), model);
        return SamplerCompiler.Compile(network, ModelCard.FromMetadata(network.Metadata, model), plan, options);
    }
}
