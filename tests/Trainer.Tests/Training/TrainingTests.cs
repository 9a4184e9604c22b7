using Diffusion.Data.BuiltIn;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.Trainer.Tests.Networks;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;

namespace Diffusion.Training.Tests.Training;

[TestClass]
public sealed class TrainingTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly EpsilonMlpOptions Network = new() { Dimension = 2, Width = 32, Depth = 2 };
    private static readonly FreshPoints Moons = new(KnownDataSets.Find("moons"));
    private static readonly FixedSamples Three = new(new PointSet([3], 1));
    private static readonly DenoiserSignature Scalars = new(SampleShape.Vector(1));
    private static readonly TrainingOptions Short = new() { Iterations = 60, Batch = 64, Seed = 5, Threads = 1 };

    /// <summary>At a point mass x₀ is known, and so is ε: a perfect network has loss zero; that of ε̂ = 0 is 1.</summary>
    [TestMethod]
    public void APointMass_IsLearned()
    {
        FixedSamples point = new(new PointSet([0.5f, -0.25f], 2));
        using TrainingResult result = New(Short with { Iterations = 1_000, LearningRate = 1e-2 }).Train(point);
        Assert.IsLessThan(0.01, result.FinalLoss);
    }

    [TestMethod]
    public void SameSeed_GivesTheSameWeightsAndLosses()
    {
        using TrainingResult first = Train(Short);
        using TrainingResult same = Train(Short);
        using TrainingResult other = Train(Short with { Seed = 6 });
        CollectionAssert.AreEqual(Losses(first), Losses(same));
        CollectionAssert.AreEqual(first.Network.Weights("_output.weight"), same.Network.Weights("_output.weight"));
        CollectionAssert.AreNotEqual(first.Network.Weights("_output.weight"), other.Network.Weights("_output.weight"));
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
        float[] last = Train(Short with { Ema = 0 }).Network.Weights("_output.weight");
        float[] averaged = Train(Short with { Ema = 0.9 }).Network.Weights("_output.weight");
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
        Assert.ThrowsExactly<OperationCanceledException>(() => New(Short, recorder).Train(Moons, cancellationToken: source.Token));
        Assert.AreEqual(3, recorder.Last);
    }

    [TestMethod]
    public void ALossThatIsNotFinite_StopsTheRun_WithAHint()
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => Train(Short with { LearningRate = 1e30 }));
        StringAssert.Contains(exception.Message, "Use a smaller learning rate.");
    }

    [TestMethod]
    public void LearningRate_RisesThenFallsToZero()
    {
        const int Iterations = 1_000;
        TrainingOptions options = new() { Iterations = Iterations, LearningRate = 1 };
        double[] rates = [.. Enumerable.Range(0, Iterations).Select(i => LearningRate.At(i, options))];
        int top = Array.IndexOf(rates, rates.Max());
        Assert.AreEqual(1, rates[top], 1e-3);
        Assert.IsLessThan(30, top);
        Assert.IsTrue(rates[..top].Zip(rates[1..(top + 1)]).All(pair => pair.First < pair.Second));
        Assert.IsTrue(rates[top..^1].Zip(rates[(top + 1)..]).All(pair => pair.First >= pair.Second));
        Assert.AreEqual(0, rates[^1], 1e-4);
        Assert.AreEqual(1, LearningRate.At(0, options with { RateSchedule = RateSchedule.Constant }));
        TrainingOptions late = options with { RateSchedule = RateSchedule.LateFall };
        Assert.AreEqual(rates[7], LearningRate.At(7, late));
        Assert.IsTrue(Enumerable.Range(20, 830).All(i => LearningRate.At(i, late) == 1));
        Assert.AreEqual(0.5, LearningRate.At(924, late), 5e-3);
        Assert.AreEqual(0, LearningRate.At(Iterations - 1, late), 5e-3);
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
        float[] weights = network.Weights("_input.weight");
        float[] start = twin.Weights("_input.weight");
        MovingAverage average = new(new NetworkTensors(network), new NetworkTensors(twin), decay);
        double left = 1;
        for (int k = 0; k < Iterations; k++)
        {
            average.Update(k);
            left *= Math.Min(decay, (1.0 + k) / (10 + k));
        }

        float[] averaged = twin.Weights("_input.weight");
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.AreEqual(weights[i] + (left * (start[i] - weights[i])), averaged[i], 1e-6);
        }
    }

    [TestMethod]
    public void Batches_HoldTheForwardProcess()
    {
        const int Size = 200_000;
        TrainingBatch batch = new(Three, Scalars, Schedule, new Objective(), Size, seed: 1);
        batch.Draw(7);
        for (int i = 0; i < 1_000; i++)
        {
            NoiseLevel level = Schedule.At(batch.Indices[i]);
            double expected = (level.Signal * 3) + (level.Noise * batch.Epsilon[i]);
            Assert.AreEqual(expected, batch.Noisy[i], 1e-5);
        }

        // Of 200,000 stratified indices exactly 200 are of each kind.
        foreach (int index in Enumerable.Range(0, Schedule.TrainTimesteps))
        {
            Assert.AreEqual(Size / Schedule.TrainTimesteps, batch.Indices.Count(drawn => drawn == index));
        }
    }

    [TestMethod]
    public void IndependentTimesteps_AreUniform()
    {
        const int Size = 200_000;
        TrainingBatch batch = new(Three, Scalars, Schedule, new Objective { StratifiedTimesteps = false }, Size, seed: 1);
        batch.Draw(0);
        double standardError = Schedule.TrainTimesteps / Math.Sqrt(12.0 * Size);
        Assert.AreEqual((Schedule.TrainTimesteps - 1) / 2.0, batch.Indices.Average(), 4 * standardError);
        Assert.AreEqual((0L, Schedule.TrainTimesteps - 1L), (batch.Indices.Min(), batch.Indices.Max()));
        Assert.AreNotEqual(Size / Schedule.TrainTimesteps, batch.Indices.Count(index => index == 7));
    }

    [TestMethod]
    public void Patience_EndsARun_OnceHeldOutPointsAreLearnedNoBetter_AndKeepsTheBestWeights()
    {
        // Four points are soon known by heart, which makes the prediction for others worse.
        PointSet four = new([1, 0, -1, 0, 0, 1, 0, -1], 2);
        PointSet others = new([.. KnownDataSets.Find("radial_gmm").Draw(64, seed: 1).Values], 2);
        TrainingOptions options = Short with { Iterations = 3_000, LearningRate = 1e-2, Patience = 300, Ema = 0.9 };
        using TrainingResult result = New(options).Train(new FixedSamples(four), new FixedSamples(others));
        (int Iteration, float Loss)[] measured =
            [.. result.Steps.Select((step, i) => (i + 1, step.HoldOutLoss)).Where(step => float.IsFinite(step.HoldOutLoss))];
        (int Iteration, float Loss) best = measured.MinBy(step => step.Loss);
        Assert.IsLessThan(3_000, result.Steps.Count);
        Assert.AreEqual(best.Iteration + 300, result.Steps.Count);
        Assert.AreEqual(best.Loss, result.HoldOutLoss!.Value, 1e-6);
        Assert.IsTrue(measured.All(step => step.Iteration % 100 == 0));
    }

    [TestMethod]
    public void Patience_WithoutPointsHeldOut_IsRefused()
        => StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => Train(Short with { Patience = 5 })).Message,
            "Hold some out, or train without patience.");

    private static float[] Losses(TrainingResult result) => [.. result.Steps.Select(step => step.Loss)];

    private static Trainer New(TrainingOptions options, IProgress<TrainingProgress>? progress = null)
        => new(() => new EpsilonMlp(Network, Schedule, options.Seed)) { Options = options, Progress = progress };

    private static TrainingResult Train(TrainingOptions options, IProgress<TrainingProgress>? progress = null)
        => New(options, progress).Train(Moons);

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
