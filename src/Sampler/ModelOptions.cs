using Diffusion.Cards;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>How to load a model. The defaults suit a file that <c>diffusion-train</c> wrote, on the CPU.</summary>
public sealed record ModelOptions
{
    /// <summary>What a model without a path or a name is called.</summary>
    internal const string UsualName = "the model";

    /// <summary>What to call the model in messages; by default its path, or "the model" where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Stands in for the card of a file that has none; by default the card in the file. A <see cref="CompiledSampler"/> always has
    /// its own, and ignores this one.
    /// </summary>
    public ModelCard? Card { get; init; }

    /// <summary>
    /// How ONNX Runtime runs the network, such as on a GPU. By default on the CPU with one thread, as the sampler has threads of its
    /// own. Only where a job has fewer samples than there are processors, and the network is large, such as a U-Net, it has a thread
    /// for each processor. Used while the model is loaded, and left to its owner to dispose.
    /// </summary>
    public SessionOptions? Session { get; init; }
}
