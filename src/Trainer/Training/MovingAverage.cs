using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>An exponential moving average of a network's weights (Ho et al. 2020, §4), kept in a twin of the network.</summary>
internal sealed class MovingAverage
{
    /// <summary>The first decays are (1 + k)/(10 + k), as in TensorFlow's ExponentialMovingAverage with num_updates.</summary>
    private const double WarmUpIterations = 10;

    private readonly double _decay;
    private readonly Tensor[] _average;
    private readonly Tensor[] _weights;

    /// <param name="network">The network that is trained.</param>
    /// <param name="twin">A network of the same shape, which receives the average.</param>
    /// <param name="decay">The decay, from 0 to below 1.</param>
    public MovingAverage(nn.Module network, nn.Module twin, double decay)
    {
        _decay = decay;
        _average = [.. twin.parameters()];
        _weights = [.. network.parameters()];
    }

    /// <summary>Moves the average towards the weights as they are after <paramref name="iteration"/>, faster in the beginning.</summary>
    public void Update(int iteration)
    {
        double decay = Math.Min(_decay, (1 + iteration) / (WarmUpIterations + iteration));
        using IDisposable noGradient = no_grad();
        using Tensor share = tensor((float)(1 - decay));
        for (int k = 0; k < _average.Length; k++)
        {
            _average[k].lerp_(_weights[k], share);
        }
    }
}
