using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Diffusion.Cards;
using Diffusion.Time;
using Diffusion.Trainer.Tests.Networks;
using Diffusion.Training.Data;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Tests.Training;

/// <summary>
/// Training, hold-out and export while the garbage collector is always at work, which finalizes whatever is not held.
/// SCALAR_HUNT_SECONDS says for how long.
/// </summary>
[TestClass]
public sealed class ScalarHuntTests
{
    private const int UsualSeconds = 5;

    private static readonly double Seconds = double.Parse(
        Environment.GetEnvironmentVariable("SCALAR_HUNT_SECONDS") ?? $"{UsualSeconds}", CultureInfo.InvariantCulture);

    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly EpsilonMlpOptions Network = new() { Dimension = 2, Width = 32, Depth = 2 };
    private static readonly TrainingOptions Options = new() { Iterations = 200, Batch = 64, Seed = 5, Threads = 1 };

    /// <summary>
    /// A Scalar that is finalized too early ends a run, or changes its numbers; so every run must end with the weights of the first.
    /// </summary>
    [TestMethod]
    public void UnderAConstantGarbageCollection_EveryRunEnds_WithTheSameWeights()
    {
        float[] expected = Train();
        List<string> failures = [];
        int runs = 0;
        using CancellationTokenSource stop = new();
        Thread collector = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
            }
        });
        collector.Start();
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < Seconds; runs++)
        {
            try
            {
                if (!Train().AsSpan().SequenceEqual(expected))
                {
                    failures.Add("other weights");
                }
            }
            catch (Exception exception) when (exception is ExternalException or DiffusionException)
            {
                failures.Add(exception.Message.Split('\n')[0]);
            }
        }

        stop.Cancel();
        collector.Join();
        Console.WriteLine(
            $"{runs} runs of {Options.Iterations} iterations, {failures.Count} failures, {GC.CollectionCount(0)} collections.");
        Assert.IsEmpty(failures, $"{failures.Count} of {runs} runs failed: {string.Join("; ", failures.Distinct())}");
    }

    /// <summary>A whole run: steps, hold-out, and the proof that the exported file computes what Torch computes.</summary>
    private static float[] Train()
    {
        TrainingSet data = TrainingData.Open(new DataRequest("2gmm") { Points = 100, HoldOut = 0.1 });
        Trainer trainer = new(() => new EpsilonMlp(Network, Schedule, Options.Seed)) { Options = Options };
        using TrainingResult result = trainer.Train(data.Source, data.HoldOut);
        ModelExport.Build(result.Network, new ModelCard { Schedule = Schedule, Data = data.Info });
        return result.Network.Weights("_output.weight");
    }
}
