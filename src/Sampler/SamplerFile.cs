using Diffusion.Cards;
using Diffusion.Files;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>Loads models of either kind. A file is read once and looked through once, so that nothing can change in between.</summary>
internal static class SamplerFile
{
    /// <summary>Loads a network or a compiled sampler, whichever the file is.</summary>
    /// <param name="path">An .onnx file with a card.</param>
    /// <returns>A <see cref="DiffusionSampler"/> or a <see cref="CompiledSampler"/>.</returns>
    /// <exception cref="DiffusionException">The file is missing or is not a model that can be sampled.</exception>
    public static LocalSampler Load(string path)
    {
        InferenceSession session = OnnxSession.Open(InputFile.ReadBytes(path), path, options: null);
        return session.ModelMetadata.CustomMetadataMap.ContainsKey(SolverInfo.Key)
            ? CompiledSampler.FromSession(session, path)
            : DiffusionSampler.FromNetwork(OnnxDenoiser.FromSession(session, path), path);
    }
}
