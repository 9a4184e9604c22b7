using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Schedules;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>Measures a network on points that it never learns from, always with the same noise and timesteps, so that values can be compared.</summary>
internal sealed class HoldOut : IDisposable
{
    /// <summary>Iterations between two measurements.</summary>
    public const int Interval = 100;

    /// <summary>Noise is drawn for at least that many points, a few points being used several times: the mean of so many is steady.</summary>
    private const int LeastDraws = 4_096;

    private readonly Tensor _noisy;
    private readonly Tensor _indices;
    private readonly Tensor _epsilon;

    public HoldOut(DataInfo info, PointSet points, NoiseSchedule schedule, ulong seed)
    {
        int draws = Math.Max(LeastDraws, points.Count);
        TrainingBatch batch = new(new FixedPoints(info, points), schedule, draws, ~seed, isStratified: true);
        batch.Draw(0);
        _noisy = tensor(batch.Noisy, [draws, points.Dimension]);
        _indices = tensor(batch.Indices);
        _epsilon = tensor(batch.Epsilon, [draws, points.Dimension]);
    }

    /// <summary>The ε-MSE of a network.</summary>
    public float LossOf(EpsilonMlp network)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return nn.functional.mse_loss(network.ForwardAt(_noisy, _indices), _epsilon).item<float>();
    }

    public void Dispose()
    {
        _noisy.Dispose();
        _indices.Dispose();
        _epsilon.Dispose();
    }
}
