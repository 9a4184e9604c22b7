using Diffusion.Denoising;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;

namespace Diffusion.Training.Tests.Training;

/// <summary>The trainer with networks, sources and objectives of a caller's own.</summary>
[TestClass]
public sealed class TrainerTests
{
    private const int Classes = 3;

    private static readonly NoiseSchedule Schedule = NoiseSchedule.Cosine(200);
    private static readonly ConditionSignature Everything = new(Classes, TakesGiven: true);
    private static readonly TrainingOptions Short = new() { Iterations = 110, Batch = 16, Seed = 5, Threads = 1 };

    /// <summary>With labels that are dropped, given values, buffers, dropout and a learned level; a run ends with the same bytes.</summary>
    [TestMethod]
    [DataRow(PredictionType.Epsilon, false)]
    [DataRow(PredictionType.VPrediction, true)]
    [DataRow(PredictionType.Sample, true)]
    public void ARunThatIsResumed_EndsAsOneThatWasNeverInterrupted(PredictionType prediction, bool isWeighted)
    {
        using TemporaryFolder folder = new();
        DenoiserSignature signature = new(SampleShape.Image(1, 2, 2)) { Conditions = Everything, Prediction = prediction };
        Objective objective = isWeighted ? new Objective { Weighting = new MinSnr(), StratifiedTimesteps = false } : new Objective();
        FixedSamples source = Labelled(signature.Shape, 40);
        using TrainingResult whole = New(null, null).Train(source, source);
        using CancellationTokenSource stop = new();
        Stop atHalf = new(stop, 57);
        Assert.ThrowsExactly<OperationCanceledException>(() => New(At(false), atHalf).Train(source, source, stop.Token));
        torch.manual_seed(1).Dispose();
        using TrainingResult resumed = New(At(true), null).Train(source, source);
        CollectionAssert.AreEqual(whole.Network.Bytes(), resumed.Network.Bytes());
        Assert.AreEqual(whole.FinalLoss, resumed.FinalLoss);
        Assert.AreEqual(whole.HoldOutLoss, resumed.HoldOutLoss);

        Trainer New(Checkpoint? checkpoint, IProgress<TrainingProgress>? progress)
            => new(() => new TestNetwork(signature, Schedule, isRich: true))
            {
                Objective = objective,
                Options = Short,
                Checkpoint = checkpoint,
                Progress = progress,
            };

        Checkpoint At(bool isResumed) => new(folder["c.checkpoint"], "identity", "command", isResumed);
    }

    [TestMethod]
    public void ALevelThatIsNotLearned_IsLookedUp_AndOneThatIs_IsComputedForEachBatch()
    {
        DenoiserSignature signature = new(SampleShape.Vector(1));
        foreach (bool isRich in new[] { false, true })
        {
            List<TestNetwork> networks = [];
            Trainer trainer = new(() => Add(new TestNetwork(signature, Schedule, isRich))) { Options = Short };
            trainer.Train(new GaussianSource(1)).Dispose();
            Assert.AreEqual(isRich ? Short.Iterations + 1 : 1, networks.Sum(network => network.LevelCalls));

            TestNetwork Add(TestNetwork network)
            {
                networks.Add(network);
                return network;
            }
        }
    }

    [TestMethod]
    public void SameSeed_GivesTheSameBytes_EvenIfTorchDrawsTheWeights()
    {
        byte[][] bytes = [.. new ulong[] { 5, 5, 6 }.Select(seed =>
        {
            Trainer trainer = new(() => new TestNetwork(new(SampleShape.Vector(1)), Schedule, isRich: true))
            {
                Options = Short with { Seed = seed },
            };
            using TrainingResult result = trainer.Train(new GaussianSource(1));
            return result.Network.Bytes();
        })];
        CollectionAssert.AreEqual(bytes[0], bytes[1]);
        CollectionAssert.AreNotEqual(bytes[0], bytes[2]);
    }

    [TestMethod]
    public void Iterations_LeaveNoTensorsBehind_WithConditionsAndBuffersToo()
    {
        DenoiserSignature signature = new(SampleShape.Vector(2)) { Conditions = Everything };
        FixedSamples source = Labelled(signature.Shape, 40);
        List<long> live = [];
        Trainer trainer = new(() => new TestNetwork(signature, Schedule, isRich: true))
        {
            Options = Short with { LargestGradient = 1, WeightDecay = 0.01 },
            Progress = new Each(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)),
        };
        trainer.Train(source, source).Dispose();
        Assert.HasCount(Short.Iterations, live);
        Assert.AreEqual(live[10], live[^1]);
    }

    [TestMethod]
    public void SamplesThatDoNotFitTheNetwork_AreRefused()
    {
        DenoiserSignature signature = new(SampleShape.Vector(2)) { Conditions = new ConditionSignature(Classes) };
        Trainer trainer = new(() => new TestNetwork(signature, Schedule)) { Options = Short };
        Assert.AreEqual(
            "The network takes samples of the shape [2] with 3 classes and no given values; "
                + "the source gives the shape [1] with 0 classes and no given values.",
            Assert.ThrowsExactly<DiffusionException>(() => trainer.Train(new GaussianSource(1))).Message);
        FixedSamples withoutGiven = new(Samples(signature.Shape, 5), ConditionBatch.OfLabel(5, 2), signature.Conditions);
        trainer.Train(withoutGiven).Dispose();
        Assert.ThrowsExactly<DiffusionException>(() => trainer.Train(withoutGiven, Labelled(signature.Shape, 5)));
    }

    [TestMethod]
    public void AFunctionThatGivesTheSameNetworkAgain_OrAnother_IsRefused()
    {
        DenoiserSignature signature = new(SampleShape.Vector(1));
        TestNetwork one = new(signature, Schedule);
        bool isRich = false;
        foreach (Func<Network> create in new Func<Network>[] { () => one, () => new TestNetwork(signature, Schedule, isRich = !isRich) })
        {
            Trainer trainer = new(create) { Options = Short };
            StringAssert.Contains(
                Assert.ThrowsExactly<DiffusionException>(() => trainer.Train(new GaussianSource(1))).Message,
                "must return a new network of the same layout at each call");
        }
    }

    [TestMethod]
    public void ParametersThatAreNotLearned_StayAsTheyAre()
    {
        DenoiserSignature signature = new(SampleShape.Vector(1));
        byte[]? start = null;
        Trainer trainer = new(Create) { Options = Short };
        using TrainingResult result = trainer.Train(new GaussianSource(1));
        CollectionAssert.AreEqual(start, First(result.Network));

        Network Create()
        {
            TestNetwork network = new(signature, Schedule);
            network.parameters().First().requires_grad_(false);
            start ??= First(network);
            return network;
        }

        static byte[] First(Network network) => network.parameters().First().bytes.ToArray();
    }

    private static SampleBatch Samples(SampleShape shape, int count)
    {
        float[] values = new float[count * shape.Size];
        new PhiloxNormal(1, RandomDomain.Data).Fill(0, 0, values);
        return new SampleBatch(values, shape);
    }

    private static FixedSamples Labelled(SampleShape shape, int count)
    {
        SampleBatch samples = Samples(shape, count);
        float[] mask = [.. Enumerable.Range(0, count * shape.Size).Select(i => (float)(i % 2))];
        ConditionBatch conditions = new(count)
        {
            Labels = Enumerable.Range(0, count).Select(i => (long)(i % Classes)).ToArray(),
            Given = mask.Select((isGiven, i) => isGiven * samples.Values[i]).ToArray(),
            Mask = mask,
        };
        return new FixedSamples(samples, conditions, Everything);
    }

    private sealed class Each(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    private sealed class Stop(CancellationTokenSource source, int iteration) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Iteration == iteration)
            {
                source.Cancel();
            }
        }
    }
}
