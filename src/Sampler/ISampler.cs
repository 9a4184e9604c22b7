using Diffusion.Cards;

namespace Diffusion.Sampling;

/// <summary>A model that points can be drawn from: a <see cref="DiffusionSampler"/> or a <see cref="CompiledSampler"/>.</summary>
internal interface ISampler : IDisposable
{
    /// <summary>Gets what the model says about itself.</summary>
    ModelCard Card { get; }
}
