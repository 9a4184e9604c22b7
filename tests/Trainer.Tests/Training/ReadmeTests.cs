using Diffusion.Tests.Support;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Tests.Training;

/// <summary>Runs the example in the README of the trainer.</summary>
[TestClass]
public sealed class ReadmeTests
{
    [TestMethod]
    public void TheExampleOfTheReadme_Trains_AndReportsItsProgress()
    {
        using TemporaryFolder folder = new();
        using StringWriter output = new();
        TextWriter before = Console.Out;
        Console.SetOut(output);
        try
        {
            NoiseSchedule schedule = NoiseSchedule.Linear();
            TrainingSet data = TrainingData.Open(new DataRequest("moons") { Points = 2_000, HoldOut = 0.1 });
            Trainer trainer = new(() => new EpsilonMlp(new EpsilonMlpOptions { Dimension = 2 }, schedule, seed: 0))
            {
                Objective = new Objective { Weighting = new MinSnr() },
                Options = new TrainingOptions { Iterations = 200, Ema = 0.999 },
                Progress = new LossReport(),
                Checkpoint = new Checkpoint(folder["c"], identity: "moons, default network", command: "my trainer", isResumed: true),
            };
            using TrainingResult result = trainer.Train(data.Source, data.HoldOut);
            Console.WriteLine($"loss {result.FinalLoss:0.000}");
            Assert.IsTrue(float.IsFinite(result.HoldOutLoss!.Value));
        }
        finally
        {
            Console.SetOut(before);
        }

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(3, lines);
        StringAssert.StartsWith(lines[0], "100: loss 0.");
        StringAssert.StartsWith(lines[1], "200: loss 0.");
        StringAssert.StartsWith(lines[2], "loss 0.");
    }

    /// <summary>The test above runs fewer iterations, and keeps its checkpoint in a folder of its own.</summary>
    [TestMethod]
    public void TheTestAbove_RunsTheCodeOfTheReadme()
        => Example.AssertIsIn(
            "src/Trainer/README.md", "tests/Trainer.Tests/Training/ReadmeTests.cs",
            ("Iterations = 2_000", "Iterations = 200"), ("\"moons.checkpoint\"", "folder[\"c\"]"));
}

internal sealed class LossReport : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Iteration % 100 == 0)
        {
            Console.WriteLine($"{value.Iteration}: loss {value.Last.Loss:0.000}");
        }
    }
}
