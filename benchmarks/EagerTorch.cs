using Diffusion.Time;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Benchmarks;

/// <summary>The reverse process as the lab writes it: an eager loop over libtorch, without gradients.</summary>
internal sealed class EagerTorch : IDisposable
{
    private static readonly TensorConditions NoConditions = new();

    private readonly NoiseSchedule _schedule = NoiseSchedule.Linear();
    private readonly Tensor _levels;

    /// <summary>The network of default size. Its weights are the initial ones, which take as long as any others.</summary>
    public EagerTorch()
    {
        Network = new EpsilonMlp(Options, _schedule, seed: 0);
        _levels = Network.Level(tensor([.. Enumerable.Range(0, _schedule.TrainTimesteps).Select(i => (float)i)]));
    }

    public static EpsilonMlpOptions Options { get; } = new() { Dimension = 2 };

    public EpsilonMlp Network { get; }

    /// <summary>DDIM with η = 0 over all timesteps (Song et al. 2021, Eq. 12).</summary>
    /// <param name="start">x_T, <c>[n, 2]</c>.</param>
    public float[] Ddim(float[] start) => Sample(start, OneTimestep, (x, epsilon, now, next, _) =>
    {
        Tensor clean = (x - (Math.Sqrt(1 - now) * epsilon)) / Math.Sqrt(now);
        return (Math.Sqrt(next) * clean) + (Math.Sqrt(1 - next) * epsilon);
    });

    /// <summary>DDPM (Ho et al. 2020, Algorithm 2), with Torch's random numbers.</summary>
    /// <param name="start">x_T, <c>[n, 2]</c>.</param>
    public float[] Ddpm(float[] start) => Sample(start, OneTimestep, Ancestral);

    /// <summary>The same as the lab has it: every point is given a timestep of its own, though all are equal.</summary>
    /// <param name="start">x_T, <c>[n, 2]</c>.</param>
    public float[] LabDdpm(float[] start)
        => Sample(start, (x, i) => Network.Predict(x, Network.Level(full([x.shape[0]], i, float32))), Ancestral);

    private static Tensor Ancestral(Tensor x, Tensor epsilon, double now, double next, bool isLast)
    {
        double beta = 1 - (now / next);
        Tensor mean = (x - (beta / Math.Sqrt(1 - now) * epsilon)) / Math.Sqrt(1 - beta);
        return isLast ? mean : mean + (Math.Sqrt(beta) * randn_like(mean));
    }

    private Tensor OneTimestep(Tensor x, int i) => Network.Predict(x, _levels.narrow(0, i, 1), NoConditions);

    private float[] Sample(float[] start, Func<Tensor, int, Tensor> predict, Func<Tensor, Tensor, double, double, bool, Tensor> step)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope outer = NewDisposeScope();
        Tensor x = tensor(start, [start.Length / 2, 2]);
        for (int i = _schedule.TrainTimesteps - 1; i >= 0; i--)
        {
            using DisposeScope scope = NewDisposeScope();
            double next = i > 0 ? _schedule.At(i - 1).AlphaBar : 1;
            x = step(x, predict(x, i), _schedule.At(i).AlphaBar, next, i == 0).MoveToOuterDisposeScope();
        }

        return x.data<float>().ToArray();
    }

    public void Dispose()
    {
        _levels.Dispose();
        Network.Dispose();
    }
}
