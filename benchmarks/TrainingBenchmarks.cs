using BenchmarkDotNet.Attributes;
using Diffusion.Data.BuiltIn;
using Diffusion.Time;
using Diffusion.Training;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Benchmarks;

/// <summary>300 training iterations of the default size, against the loop that one writes first: Torch's random numbers, its Adam, and
/// nothing averaged.</summary>
public class TrainingBenchmarks
{
    private const int Iterations = 300;

    private static readonly TrainingOptions Options = new() { Iterations = Iterations };
    private static readonly IDataSet Data = KnownDataSets.Find("moons");

    private readonly NoiseSchedule _schedule = NoiseSchedule.Linear();

    [Benchmark(Baseline = true)]
    public void PlainEagerLoop()
    {
        set_num_threads(Options.Threads);
        using DisposeScope outer = NewDisposeScope();
        using EpsilonMlp network = new(EagerTorch.Options, _schedule, seed: 0);
        using optim.Optimizer adam = optim.Adam(network.parameters(), Options.LearningRate);
        Tensor points = tensor(Data.Draw(Options.Batch, seed: 0).Values.ToArray(), [Options.Batch, Data.Dimension]);
        Tensor alphaBars = tensor([.. Enumerable.Range(0, _schedule.TrainTimesteps).Select(i => (float)_schedule.At(i).AlphaBar)]);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor timesteps = randint(_schedule.TrainTimesteps, [Options.Batch], int64);
            Tensor noise = randn_like(points);
            Tensor alphaBar = alphaBars[timesteps].unsqueeze(1);
            Tensor noisy = (alphaBar.sqrt() * points) + ((1 - alphaBar).sqrt() * noise);
            adam.zero_grad();
            Tensor loss = nn.functional.mse_loss(network.Predict(noisy, network.Level(timesteps.to(float32))), noise);
            loss.backward();
            adam.step();
        }
    }

    [Benchmark]
    public void TrainingLoop()
        => new Trainer(() => new EpsilonMlp(EagerTorch.Options, _schedule, seed: 0)) { Options = Options }
            .Train(new FreshPoints(Data)).Dispose();
}
