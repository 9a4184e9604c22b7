using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Time;
using Diffusion.TorchExport;
using static TorchSharp.torch;

namespace Diffusion.Training.Networks;

/// <summary>
/// A denoiser, defined once for Torch and ONNX: <c>sample</c> <c>[n, …shape]</c>, <c>timestep</c> <c>[m]</c> with m = 1 or n, and the
/// conditions of its signature give <c>[n, …shape]</c>. <see cref="NetworkInputs"/> has the names.
/// </summary>
public abstract class Network : PortableModule
{
    private readonly Tensor _logSigmas;

    /// <summary>log σ(0), and the way from there to log σ(T−1), in float32 as Torch has them.</summary>
    private readonly float _firstLogSigma;
    private readonly float _logSigmaRange;

    /// <summary>Creates the network.</summary>
    /// <param name="name">The name of the network, of letters, digits and underscores.</param>
    /// <param name="signature">What it takes and gives.</param>
    /// <param name="schedule">The noise schedule that it is trained for.</param>
    protected Network(string name, DenoiserSignature signature, NoiseSchedule schedule)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(schedule);
        (Signature, Schedule) = (signature, schedule);
        _logSigmas = tensor(schedule.LogSigmas.ToArray(), float32);
        _firstLogSigma = (float)schedule.LogSigmas[0];
        _logSigmaRange = (float)schedule.LogSigmas[^1] - _firstLogSigma;
    }

    /// <summary>Gets what the network takes and gives.</summary>
    public DenoiserSignature Signature { get; }

    /// <summary>Gets the noise schedule that the network is trained for.</summary>
    public NoiseSchedule Schedule { get; }

    /// <summary>Computes all that depends on the noise level alone. Where it has no weights, training looks it up.</summary>
    /// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
    /// <param name="net">Applies layers and holds constants.</param>
    /// <param name="timestep">The timesteps, <c>[m]</c>, from 0 to T−1, fractions allowed.</param>
    /// <returns>The levels, <c>[m, L]</c>.</returns>
    public abstract T Level<T>(INet<T> net, T timestep)
        where T : IValue<T>;

    /// <summary>Computes the output.</summary>
    /// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
    /// <param name="net">Applies layers and holds constants.</param>
    /// <param name="sample">The noisy samples, <c>[n, …shape]</c>.</param>
    /// <param name="level">What <see cref="Level{T}(INet{T}, T)"/> gives, <c>[m, L]</c> with m = 1 or n.</param>
    /// <param name="conditions">The conditions of the signature, by the names of <see cref="NetworkInputs"/>.</param>
    /// <returns>The output, <c>[n, …shape]</c>.</returns>
    public abstract T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
        where T : IValue<T>;

    /// <inheritdoc/>
    public sealed override T Forward<T>(INet<T> net, Inputs<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Predict(net, inputs[NetworkInputs.Sample], Level(net, inputs[NetworkInputs.Timestep]), inputs);
    }

    /// <summary>Computes all that depends on the noise level alone, for tensors.</summary>
    /// <param name="timestep">The timesteps, float32 <c>[m]</c>.</param>
    /// <returns>The levels, <c>[m, L]</c>.</returns>
    public Tensor Level(Tensor timestep) => Level(TensorNet.Instance, new TensorValue(timestep)).Tensor;

    /// <summary>Computes the output for tensors.</summary>
    /// <param name="sample">The noisy samples, <c>[n, …shape]</c>.</param>
    /// <param name="level">What <see cref="Level(Tensor)"/> gives, <c>[m, L]</c> with m = 1 or n.</param>
    /// <param name="conditions">The conditions of the signature; null without any.</param>
    /// <returns>The output, <c>[n, …shape]</c>.</returns>
    public Tensor Predict(Tensor sample, Tensor level, TensorConditions? conditions = null)
    {
        Inputs<TensorValue> given = TensorNet.Inputs((conditions ?? new TensorConditions()).ByName());
        return Predict(TensorNet.Instance, new TensorValue(sample), new TensorValue(level), given).Tensor;
    }

    /// <summary>Computes what training makes small: by default the weighted mean squared error of the output.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="level">What <see cref="Level(Tensor)"/> gives for its indices, <c>[n, L]</c>.</param>
    /// <returns>A scalar, in the current scope.</returns>
    protected internal virtual Tensor Loss(TrainingTensors batch, Tensor level)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor predicted = Predict(batch.Noisy, level, batch.Conditions);
        return (nn.functional.mse_loss(predicted.flatten(1), batch.Target, nn.Reduction.None) * batch.Weights).mean();
    }

    /// <summary>Computes the loss of a batch, whose levels are looked up where that is possible.</summary>
    internal Tensor LossOf(TrainingTensors batch, LevelTable levels) => Loss(batch, levels.At(this, batch.Indices));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _logSigmas.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Returns log σ, linear between the indices.</summary>
    /// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
    /// <param name="net">Holds the table of the schedule.</param>
    /// <param name="timestep">The timesteps, of any shape; those outside of 0 … T−1 count as the nearest in it.</param>
    protected T LogSigma<T>(INet<T> net, T timestep)
        where T : IValue<T>
    {
        ArgumentNullException.ThrowIfNull(net);
        long last = Schedule.TrainTimesteps - 1L;
        T table = net.Constant(_logSigmas);
        T index = timestep.Clamp(0, last);
        T below = index.Floor();
        T start = table.Gather(below.ToInt64());
        T end = table.Gather((below + 1).Clamp(0, last).ToInt64());
        return start + ((index - below) * (end - start));
    }

    /// <summary>Returns log σ as a share of the way from the first level to the last, from 0 to 1.</summary>
    /// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
    /// <param name="logSigma">log σ, of any shape.</param>
    private protected T ShareOfLogSigma<T>(T logSigma)
        where T : IValue<T> => (logSigma - _firstLogSigma) / _logSigmaRange;

    /// <summary>Returns √(1−ᾱ) = σ·√ᾱ and √ᾱ = 1/√(σ² + 1).</summary>
    /// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
    /// <param name="logSigma">log σ, of any shape.</param>
    private protected static (T Noise, T Signal) Factors<T>(T logSigma)
        where T : IValue<T>
    {
        T sigma = logSigma.Exp();
        T signal = ((sigma * sigma) + 1).Rsqrt();
        return (sigma * signal, signal);
    }
}
