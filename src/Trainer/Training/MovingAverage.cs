using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>
/// An exponential moving average of a network's parameters (Ho et al. 2020, §4) and buffers, kept in a twin of the network. Buffers
/// without a mean, of other types than float32 or with infinite values, are copied.
/// </summary>
internal sealed class MovingAverage
{
    /// <summary>The first decays are (1 + k)/(10 + k), as in TensorFlow's ExponentialMovingAverage with num_updates.</summary>
    private const double WarmUpIterations = 10;

    private readonly double _decay;
    private readonly (Tensor Average, Tensor Value)[] _averaged;
    private readonly (Tensor Average, Tensor Value)[] _copied;

    /// <param name="network">The network that is trained.</param>
    /// <param name="twin">A network of the same layout, which receives the average.</param>
    /// <param name="decay">The decay, from 0 to below 1.</param>
    public MovingAverage(NetworkTensors network, NetworkTensors twin, double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        _decay = decay;
        ILookup<bool, (Tensor, Tensor)> buffers = twin.Buffers.Zip(network.Buffers).ToLookup(pair => HasMean(pair.Second));
        _averaged = [.. twin.Parameters.Zip(network.Parameters), .. buffers[true]];
        _copied = [.. buffers[false]];
    }

    /// <summary>Moves the average towards the network as it is after <paramref name="iteration"/>, faster in the beginning.</summary>
    public void Update(int iteration)
    {
        double decay = Math.Min(_decay, (1 + iteration) / (WarmUpIterations + iteration));
        using IDisposable noGradient = no_grad();
        using Tensor share = tensor((float)(1 - decay));
        foreach ((Tensor average, Tensor value) in _averaged)
        {
            average.lerp_(value, share);
        }

        foreach ((Tensor average, Tensor value) in _copied)
        {
            average.copy_(value);
        }
    }

    private static bool HasMean(Tensor buffer) => buffer.dtype == ScalarType.Float32 && buffer.isfinite().all().item<bool>();
}
