using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Time;
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

    /// <summary>More points than these say no more, and would be measured for longer than is learned.</summary>
    private const int MostDraws = 8_192;

    /// <summary>So many points go through the network at once.</summary>
    private const int PieceSize = 1_024;

    private readonly List<(Tensor Noisy, Tensor Indices, Tensor Epsilon)> _pieces = [];

    public HoldOut(DataInfo info, PointSet points, NoiseSchedule schedule, ulong seed)
    {
        // They are in random order already.
        PointSet measured = points.Slice(0, Math.Min(points.Count, MostDraws));
        int draws = Math.Max(LeastDraws, measured.Count);
        TrainingBatch batch = new(new FixedPoints(info, measured), schedule, draws, ~seed, isStratified: true);
        batch.Draw(0);
        for (int first = 0; first < draws; first += PieceSize)
        {
            int end = Math.Min(first + PieceSize, draws);
            Range values = (first * points.Dimension)..(end * points.Dimension);
            long[] shape = [end - first, points.Dimension];
            _pieces.Add((tensor(batch.Noisy[values], shape), tensor(batch.Indices[first..end]), tensor(batch.Epsilon[values], shape)));
        }
    }

    /// <summary>The ε-MSE of a network.</summary>
    public float LossOf(EpsilonMlp network)
    {
        using IDisposable noGradient = no_grad();
        (double sum, long count) = (0, 0);
        foreach ((Tensor noisy, Tensor indices, Tensor epsilon) in _pieces)
        {
            using DisposeScope scope = NewDisposeScope();
            sum += nn.functional.mse_loss(network.ForwardAt(noisy, indices), epsilon).item<float>() * epsilon.shape[0];
            count += epsilon.shape[0];
        }

        return (float)(sum / count);
    }

    public void Dispose()
    {
        foreach ((Tensor noisy, Tensor indices, Tensor epsilon) in _pieces)
        {
            noisy.Dispose();
            indices.Dispose();
            epsilon.Dispose();
        }
    }
}
