using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>A model that was opened and is to be taken over.</summary>
/// <param name="Session">The session, with one thread within unless the caller chose otherwise.</param>
/// <param name="Source">What to call the model in messages.</param>
/// <param name="Cost">What its network costs.</param>
internal sealed record OpenedModel(InferenceSession Session, string Source, NetworkCost Cost)
{
    /// <summary>Opens the model again with a thread for each processor within; null where that is not worth it.</summary>
    public Func<InferenceSession>? OpenWithThreads { get; init; }
}
