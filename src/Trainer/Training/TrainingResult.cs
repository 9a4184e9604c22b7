using Diffusion.Training.Networks;

namespace Diffusion.Training;

/// <summary>What a training run leaves. Disposing it disposes the network.</summary>
public sealed class TrainingResult : IDisposable
{
    /// <summary>The share of the run, at its end, that <see cref="FinalLoss"/> is the mean of: one batch alone says little.</summary>
    private const double FinalShare = 0.1;

    private readonly TrainingState _state;

    internal TrainingResult(TrainingState state, float? holdOutLoss, int? kept)
    {
        _state = state;
        HoldOutLoss = holdOutLoss;
        Kept = kept;
    }

    /// <summary>The network with the moving average of the weights.</summary>
    public Network Network => _state.Averaged;

    /// <summary>Every iteration.</summary>
    public IReadOnlyList<TrainingStep> Steps => _state.Steps;

    /// <summary>The mean loss over the last tenth of the run.</summary>
    public double FinalLoss => Steps.Skip((int)(Steps.Count * (1 - FinalShare))).Average(step => step.Loss);

    /// <summary>Gets the iteration, from 0, whose weights were kept because their loss on the samples held out was the smallest; null where
    /// those of the last iteration are.</summary>
    public int? Kept { get; }

    /// <summary>The mean loss of <see cref="Network"/> on the samples held out, or null where none were.</summary>
    public float? HoldOutLoss { get; }

    /// <inheritdoc/>
    public void Dispose() => _state.Dispose();
}
