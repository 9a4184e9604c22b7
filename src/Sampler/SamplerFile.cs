using Diffusion.Files;
using Diffusion.Models;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>Loads models of either kind. A file is read once and looked through once, so that nothing can change in between.</summary>
public static class SamplerFile
{
    /// <summary>Loads a network or a compiled sampler, whichever the file is.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="options">How to load it; by default as <see cref="ModelOptions"/> has it.</param>
    /// <returns>A <see cref="DiffusionSampler"/> or a <see cref="CompiledSampler"/>.</returns>
    /// <exception cref="DiffusionException">The file is missing or is not a model that can be sampled.</exception>
    public static ISampler Load(string path, ModelOptions? options = null)
    {
        string source = options?.Name ?? path;
        InferenceSession session = OnnxSession.Open(InputFile.ReadBytes(path), source, options?.Session);
        return session.ModelMetadata.CustomMetadataMap.ContainsKey(SolverInfo.Key)
            ? CompiledSampler.FromSession(session, source)
            : DiffusionSampler.FromPredictor(OnnxNoisePredictor.FromSession(session, source), options, source);
    }
}
