using Diffusion.Denoising;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>Measures a network on samples that it never learns from, always with the same noise and
/// timesteps and with all their labels, so that values can be compared.</summary>
internal sealed class HoldOut
{
    /// <summary>Iterations between two measurements.</summary>
    public const int Interval = 100;

    /// <summary>The smallest number of samples to measure. A smaller set is repeated, each time with other noise, so that the mean varies
    /// little.</summary>
    private const int LeastDraws = 4_096;

    /// <summary>The largest number of samples to measure, so that measuring takes less time than training.</summary>
    private const int MostDraws = 8_192;

    /// <summary>The number of samples that the network evaluates at once.</summary>
    private const int PieceSize = 1_024;

    private readonly TrainingBatch _batch;
    private readonly int _draws;

    /// <param name="source">The samples.</param>
    /// <param name="signature">What the network takes and gives.</param>
    /// <param name="schedule">The noise schedule.</param>
    /// <param name="objective">What the network is trained for.</param>
    /// <param name="seed">The seed of the run.</param>
    public HoldOut(IBatchSource source, DenoiserSignature signature, NoiseSchedule schedule, Objective objective, ulong seed)
    {
        _draws = Math.Clamp(source.Count ?? LeastDraws, LeastDraws, MostDraws);
        _batch = new TrainingBatch(source, signature, schedule, objective with { StratifiedTimesteps = true }, _draws, ~seed);
        _batch.Draw(0);
    }

    /// <summary>The mean loss of a network.</summary>
    public float LossOf(Network network, LevelTable levels)
    {
        using IDisposable noGradient = no_grad();
        double sum = 0;
        for (int first = 0; first < _draws; first += PieceSize)
        {
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(PieceSize, _draws - first);
            sum += network.LossOf(_batch.ToTensors(first, count), levels).item<float>() * count;
        }

        return (float)(sum / _draws);
    }
}
