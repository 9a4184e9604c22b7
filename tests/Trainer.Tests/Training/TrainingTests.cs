using Diffusion.DataSets;
using Diffusion.Models;
using Diffusion.Onnx.Networks;
using Diffusion.Points;
using Diffusion.Schedules;
using Diffusion.Tests.Support;
using Diffusion.Training;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;

namespace Diffusion.Trainer.Tests.Training;

[TestClass]
public sealed class TrainingTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly EpsilonMlpOptions Network = new() { Dimension = 2, Width = 32, Depth = 2 };
    private static readonly TrainingOptions Short = new() { Iterations = 60, Batch = 64, Seed = 5, Threads = 1 };

    /// <summary>At a point mass x₀ is known, and so is ε: a perfect network has loss zero; that of ε̂ = 0 is 1.</summary>
    [TestMethod]
    public void APointMass_IsLearned()
    {
        FixedPoints point = new(new DataInfo { Name = "point", Dimension = 2 }, new PointSet([0.5f, -0.25f], 2));
        using TrainingResult result = TrainingRun.Train(Network, Schedule, point, Short with { Iterations = 1_000, LearningRate = 1e-2 });
        Assert.IsLessThan(0.01, result.FinalLoss);
    }

    [TestMethod]
    public void SameSeed_GivesTheSameWeightsAndLosses()
    {
        using TrainingResult first = Train(Short);
        using TrainingResult same = Train(Short);
        using TrainingResult other = Train(Short with { Seed = 6 });
        CollectionAssert.AreEqual(first.Losses.ToArray(), same.Losses.ToArray());
        CollectionAssert.AreEqual(first.Network.Weights().Output.Weight, same.Network.Weights().Output.Weight);
        CollectionAssert.AreNotEqual(first.Network.Weights().Output.Weight, other.Network.Weights().Output.Weight);
    }

    [TestMethod]
    public void Iterations_LeaveNoTensorsBehind()
    {
        long[] live = new long[2];
        Recorder recorder = new(iteration =>
        {
            if (iteration is 10 or 60)
            {
                live[iteration / 60] = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            }
        });
        Train(Short, recorder);
        Assert.AreEqual(live[0], live[1]);
    }

    [TestMethod]
    public void Ema_OfZero_IsTheLastWeights_AndOtherwiseLagsBehind()
    {
        float[] last = Train(Short with { Ema = 0 }).Network.Weights().Output.Weight;
        float[] averaged = Train(Short with { Ema = 0.9 }).Network.Weights().Output.Weight;
        CollectionAssert.AreNotEqual(last, averaged);
        Assert.IsLessThan(0.2, last.Zip(averaged, (a, b) => Math.Abs(a - b)).Max());
    }

    [TestMethod]
    public void Cancellation_EndsARun()
    {
        using CancellationTokenSource source = new();
        Recorder recorder = new(iteration =>
        {
            if (iteration == 3)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => TrainingRun.Train(Network, Schedule, Moons(), Short, recorder, source.Token));
        Assert.AreEqual(3, recorder.Last);
    }

    [TestMethod]
    public void ALossThatIsNotFinite_StopsTheRun_WithAHint()
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => Train(Short with { LearningRate = 1e30 }));
        StringAssert.Contains(exception.Message, "Use a smaller --learning-rate.");
    }

    [TestMethod]
    public void OptionsOutOfRange_AreRefused()
    {
        TrainingOptions[] wrong =
        [
            Short with { Iterations = 0 }, Short with { Batch = 0 }, Short with { LearningRate = 0 }, Short with { LearningRate = double.NaN },
            Short with { Ema = 1 }, Short with { Ema = -0.1 }, Short with { Threads = 0 },
        ];
        foreach (TrainingOptions options in wrong)
        {
            Assert.ThrowsExactly<DiffusionException>(options.Validate);
        }
    }

    [TestMethod]
    public void LearningRate_RisesThenFallsToZero()
    {
        const int Iterations = 1_000;
        double[] rates = [.. Enumerable.Range(0, Iterations).Select(i => LearningRate.At(i, Iterations, 1))];
        int top = Array.IndexOf(rates, rates.Max());
        Assert.AreEqual(1, rates[top], 1e-3);
        Assert.IsLessThan(30, top);
        Assert.IsTrue(rates[..top].Zip(rates[1..(top + 1)]).All(pair => pair.First < pair.Second));
        Assert.IsTrue(rates[top..^1].Zip(rates[(top + 1)..]).All(pair => pair.First >= pair.Second));
        Assert.AreEqual(0, rates[^1], 1e-4);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.5)]
    [DataRow(0.999)]
    public void MovingAverage_OfConstantWeights_ClosesInAsTheProductOfTheDecays(double decay)
    {
        const int Iterations = 50;
        using EpsilonMlp network = new(Network, Schedule, seed: 1);
        using EpsilonMlp twin = new(Network, Schedule, seed: 2);
        float[] weights = network.Weights().Input.Weight;
        float[] start = twin.Weights().Input.Weight;
        MovingAverage average = new(network, twin, decay);
        double left = 1;
        for (int k = 0; k < Iterations; k++)
        {
            average.Update(k);
            left *= Math.Min(decay, (1.0 + k) / (10 + k));
        }

        float[] averaged = twin.Weights().Input.Weight;
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.AreEqual(weights[i] + (left * (start[i] - weights[i])), averaged[i], 1e-6);
        }
    }

    [TestMethod]
    public void Batches_HoldTheForwardProcess()
    {
        const int Size = 200_000;
        FixedPoints point = new(new DataInfo { Name = "point", Dimension = 1 }, new PointSet([3], 1));
        TrainingBatch batch = new(point, Schedule, Size, seed: 1);
        batch.Draw(7);
        for (int i = 0; i < 1_000; i++)
        {
            double alphaBar = Schedule.AlphaBarAt(batch.Timestep[i]);
            double expected = (ForwardProcess.SignalScale(alphaBar) * 3) + (ForwardProcess.NoiseScale(alphaBar) * batch.Epsilon[i]);
            Assert.AreEqual(expected, batch.Noisy[i], 1e-5);
        }

        // Of 200,000 stratified indices exactly 200 are of each kind.
        foreach (int index in Enumerable.Range(0, Schedule.TrainTimesteps))
        {
            Assert.AreEqual(Size / Schedule.TrainTimesteps, batch.Timestep.Count(timestep => timestep == index));
        }
    }

    [TestMethod]
    public void Files_AreStandardised_AndTheirUnitsKept()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("heights.csv", "age,height,one\n10,150,1\n20,170,1\n30,190,1\n");
        IPointSource source = TrainingData.Open(path, points: null, seed: 0);
        Assert.AreEqual("heights", source.Info.Name);
        Assert.AreEqual("heights.csv", source.Info.File);
        CollectionAssert.AreEqual(new[] { "age", "height", "one" }, source.Info.Columns!.ToArray());
        CollectionAssert.AreEqual(new double[] { 20, 170, 1 }, source.Info.Shift!.ToArray());
        Assert.AreEqual(Math.Sqrt(200.0 / 3), source.Info.Scale![0], 1e-12);
        Assert.AreEqual(1, source.Info.Scale[2]);
        float[] points = new float[3 * 100];
        source.Fill(1, 0, points);
        float[] ages = [.. points.Where((_, i) => i % 3 == 0).Distinct().Order()];
        Assert.HasCount(3, ages);
        Assert.AreEqual(-Math.Sqrt(1.5), ages[0], 1e-6);
        Assert.AreEqual(Math.Sqrt(1.5), ages[2], 1e-6);
    }

    private static FreshPoints Moons() => new(KnownDataSets.Find("moons"));

    private static TrainingResult Train(TrainingOptions options, IProgress<TrainingProgress>? progress = null)
        => TrainingRun.Train(Network, Schedule, Moons(), options, progress);

    private sealed class Recorder(Action<int> onIteration) : IProgress<TrainingProgress>
    {
        public int Last { get; private set; }

        public void Report(TrainingProgress value)
        {
            Last = value.Iteration;
            onIteration(value.Iteration);
        }
    }
}
