using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Diffusion.Data.BuiltIn;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Diffusion.Trainer.Tests.Networks;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Tests.Training;

[TestClass]
public sealed class CheckpointTests
{
    /// <summary>In as many places of a checkpoint, from its first byte to its last, a bit is turned over.</summary>
    private const int Flips = 50;

    private const string Command = "diffusion-train moons";

    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly EpsilonMlpOptions Network = new() { Dimension = 2, Width = 16, Depth = 2 };
    private static readonly IDataSet Moons = KnownDataSets.Find("moons");
    private static readonly TrainingOptions Options = new() { Iterations = 250, Batch = 32, Seed = 5, Threads = 1, Patience = 10_000 };

    [TestMethod]
    [DataRow(1)]
    [DataRow(57)]
    [DataRow(200)]
    public void ARunThatWasInterrupted_AndResumed_EndsAsOneThatNeverWas(int iteration)
    {
        using TemporaryFolder folder = new();
        using TrainingResult whole = Train(null, Options);
        Interrupt(folder, iteration);
        Checkpoint checkpoint = New(folder, isResumed: true);
        using TrainingResult resumed = Train(checkpoint, Options);
        CollectionAssert.AreEqual(whole.Network.Weights("_hidden.0.weight"), resumed.Network.Weights("_hidden.0.weight"));
        CollectionAssert.AreEqual(whole.Network.Weights("_output.bias"), resumed.Network.Weights("_output.bias"));
        CollectionAssert.AreEqual(Comparable(whole), Comparable(resumed));
        Assert.AreEqual(whole.HoldOutLoss, resumed.HoldOutLoss);
        Assert.AreEqual(Command, checkpoint.Command);
        Assert.IsTrue(resumed.Steps.Zip(resumed.Steps.Skip(1)).All(pair => pair.First.Seconds <= pair.Second.Seconds));
    }

    [TestMethod]
    public void WithoutACheckpoint_AResumedRunBeginsAnew()
    {
        using TemporaryFolder folder = new();
        using TrainingResult whole = Train(null, Options);
        using TrainingResult resumed = Train(New(folder, isResumed: true), Options);
        CollectionAssert.AreEqual(Comparable(whole), Comparable(resumed));
    }

    [TestMethod]
    public void OtherOptions_AreRememberedInTheCommand()
    {
        using TemporaryFolder folder = new();
        Interrupt(folder, 10);
        Checkpoint slower = New(folder, isResumed: true, $"{Command} --learning-rate 1e-4");
        using CancellationTokenSource source = new();
        Assert.ThrowsExactly<OperationCanceledException>(() => Train(slower, Options with { LearningRate = 1e-4 }, source, 20));
        Assert.AreEqual($"{Command}; from iteration 10 {Command} --learning-rate 1e-4", slower.Command);
        Checkpoint again = New(folder, isResumed: true, $"{Command} --learning-rate 1e-4");
        using TrainingResult result = Train(again, Options with { LearningRate = 1e-4 });
        Assert.AreEqual(slower.Command, again.Command);
    }

    [TestMethod]
    public void ACheckpointOfAnotherRun_OrADamagedOne_IsRefused()
    {
        using TemporaryFolder folder = new();
        Interrupt(folder, 10);
        Checkpoint other = new(folder["c.checkpoint"], "another identity", Command, isResumed: true);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => Train(other, Options)).Message, $"belongs to another run, '{Command}'");
        Assert.ThrowsExactly<DiffusionException>(() => Train(New(folder, isResumed: true), Options with { Iterations = 5 }));
        byte[] bytes = File.ReadAllBytes(folder["c.checkpoint"]);
        IEnumerable<byte[]> cut = new[] { 0, 5, 30, bytes.Length / 2, bytes.Length - 1 }.Select(length => bytes[..length]);
        IEnumerable<byte[]> flipped = Enumerable.Range(0, Flips).Select(
            k => (byte[])[.. bytes.Select((value, i) => i == (long)k * bytes.Length / Flips ? (byte)(value ^ 1) : value)]);
        foreach (byte[] damaged in cut.Concat(flipped))
        {
            File.WriteAllBytes(folder["c.checkpoint"], damaged);
            DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => Train(New(folder, isResumed: true), Options));
            StringAssert.Contains(exception.Message, "is not a valid checkpoint");
        }
    }

    [TestMethod]
    public void ACheckpointOfAnotherNetwork_IsRefused_AndTheFirstDifferenceNamed()
    {
        using TemporaryFolder folder = new();
        Interrupt(folder, 10);
        (EpsilonMlpOptions Network, string Has, string Expected)[] others =
        [
            (Network with { Width = 17 }, "_input.weight: Float32 [16, 18]", "_input.weight: Float32 [17, 18]"),
            (Network with { Depth = 3 }, "_output.weight: Float32 [2, 16]", "_hidden.1.weight: Float32 [16, 16]"),
        ];
        foreach ((EpsilonMlpOptions network, string has, string expected) in others)
        {
            Trainer trainer = new(() => new EpsilonMlp(network, Schedule, seed: 5))
            {
                Options = Options,
                Checkpoint = New(folder, isResumed: true),
            };
            FreshPoints source = new(Moons);
            DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => trainer.Train(source, source));
            StringAssert.Contains(exception.Message, $"belongs to another network: it has '{has}' where this one has '{expected}'.");
        }
    }

    /// <summary>Whoever writes a checkpoint can write its hash as well: what it says is looked at all the same.</summary>
    [TestMethod]
    public void ACheckpointThatSomebodyMadeUp_IsRefused_OrGoneOnFrom()
    {
        using TemporaryFolder folder = new();
        Interrupt(folder, 10);
        byte[] content = File.ReadAllBytes(folder["c.checkpoint"])[..^SHA256.HashSizeInBytes];
        using BinaryReader reader = new(new MemoryStream(content));
        for (int text = 0; text < 4; text++)
        {
            reader.ReadString();
        }

        reader.ReadInt32();
        reader.ReadString();
        int count = (int)reader.BaseStream.Position;
        int best = count + sizeof(int) + (10 * Marshal.SizeOf<TrainingStep>());
        Assert.AreEqual(10, BitConverter.ToInt32(content, count));
        Assert.AreEqual(-1, BitConverter.ToInt32(content, best));
        byte[][] madeUp =
        [
            With(count, int.MaxValue), With(count, -1), With(count, 400_000_000), With(count, 9),
            With(best, 10), With(best, 1_000_000_000), With(best, -2),
            With(best + sizeof(int), BitConverter.SingleToInt32Bits(float.NaN)),
            content[..^1], [.. content, 0],
        ];
        foreach (byte[] file in madeUp)
        {
            Write(file);
            StringAssert.Contains(
                Assert.ThrowsExactly<DiffusionException>(() => Train(New(folder, isResumed: true), Options)).Message,
                "is not a valid checkpoint");
        }

        for (int k = 0; k < Flips; k++)
        {
            Write([.. content.Select((value, i) => i == (long)k * content.Length / Flips ? (byte)(value ^ 1) : value)]);
            try
            {
                Train(New(folder, isResumed: true), Options).Dispose();
            }
            catch (DiffusionException)
            {
                // Refused.
            }
        }

        byte[] With(int place, int value) => [.. content[..place], .. BitConverter.GetBytes(value), .. content[(place + sizeof(int))..]];

        void Write(byte[] file) => File.WriteAllBytes(folder["c.checkpoint"], [.. file, .. SHA256.HashData(file)]);
    }

    [TestMethod]
    public void ALossThatIsNotFinite_LeavesTheLastGoodCheckpoint_AndSaysSo()
    {
        using TemporaryFolder folder = new();
        Interrupt(folder, 10);
        Checkpoint checkpoint = New(folder, isResumed: true);
        string message = Assert.ThrowsExactly<DiffusionException>(() => Train(checkpoint, Options with { LearningRate = 1e30 })).Message;
        StringAssert.Contains(message, "Use a smaller learning rate. The training up to iteration 10 is saved");
        using TrainingResult result = Train(New(folder, isResumed: true), Options);
        Assert.IsTrue(float.IsFinite(result.Steps[^1].Loss));
    }

    [TestMethod]
    public void TheLog_HasALineForEveryIteration_ThoseBeforeTheResumptionToo()
    {
        using TemporaryFolder folder = new();
        Interrupt(folder, 120);
        using (TrainingLog log = new(folder["log.csv"]))
        {
            using TrainingResult result = Train(New(folder, isResumed: true), Options, log);
        }

        string[] lines = File.ReadAllLines(folder["log.csv"]);
        Assert.HasCount(251, lines);
        Assert.AreEqual("iteration,loss,hold_out_loss,learning_rate,seconds", lines[0]);
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        CollectionAssert.AreEqual(Enumerable.Range(1, 250).Select(i => $"{i}").ToArray(), rows.Select(row => row[0]).ToArray());
        CollectionAssert.AreEqual(new[] { "100", "200", "250" }, rows.Where(row => row[2].Length > 0).Select(row => row[0]).ToArray());
    }

    private static Checkpoint New(TemporaryFolder folder, bool isResumed, string command = Command)
        => new(folder["c.checkpoint"], "identity", command, isResumed);

    private static void Interrupt(TemporaryFolder folder, int iteration)
    {
        using CancellationTokenSource source = new();
        Assert.ThrowsExactly<OperationCanceledException>(() => Train(New(folder, isResumed: false), Options, source, iteration));
        Assert.HasCount(1, folder.Files);
    }

    private static TrainingResult Train(Checkpoint? checkpoint, TrainingOptions options, CancellationTokenSource source, int stop)
        => Train(checkpoint, options, new Stop(source, stop), source.Token);

    private static TrainingResult Train(
        Checkpoint? checkpoint, TrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Trainer trainer = new(() => new EpsilonMlp(Network, Schedule, options.Seed))
        {
            Options = options,
            Progress = progress,
            Checkpoint = checkpoint,
        };
        return trainer.Train(new FreshPoints(Moons), new FixedSamples(Moons.Draw(50, seed: 9)), cancellationToken);
    }

    /// <summary>All but the seconds.</summary>
    private static TrainingStep[] Comparable(TrainingResult result) => [.. result.Steps.Select(step => step with { Seconds = 0 })];

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
