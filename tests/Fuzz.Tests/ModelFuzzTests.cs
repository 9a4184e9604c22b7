using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Diffusion.Fuzz.Tests;

/// <summary>Models: whatever the bytes, they are models or refused, and what was read can be used.</summary>
[TestClass]
public sealed class ModelFuzzTests
{
    private static readonly ModelCard Card = new()
    {
        Schedule = NoiseSchedule.FromBetas([0.1, 0.2, 0.5]),
        Prediction = PredictionType.VPrediction,
        ClipSample = 2,
        Data = new DataInfo
        {
            Name = "table", File = "table.csv", FileSha256 = "00ff",
            Dimension = 2, Columns = ["age", "income"], Shift = [40, 3e4], Scale = [10, 1e4],
        },
        Training = new TrainingInfo
        {
            Command = "diffusion-train",
            Seed = 1,
            Iterations = 10,
            Loss = 0.5,
            HoldOutLoss = 0.6,
            Packages = new Dictionary<string, string> { ["TorchSharp"] = "0" },
        },
    };

    private static readonly ModelCard Plain = new()
    {
        Schedule = NoiseSchedule.Cosine(50),
        Data = new DataInfo { Name = "x", Dimension = 3 },
    };

    [TestMethod]
    public void Cards_AreReadOrRefused()
    {
        Dictionary<string, string>[] cards = [Card.ToMetadata().ToDictionary(), Plain.ToMetadata().ToDictionary()];
        Gen<Dictionary<string, string>> spoilt =
            from card in Gen.Elements(cards)
            from key in Gen.Elements<string>(card.Keys)
            from value in Mutation.Of(card[key])
            select new Dictionary<string, string>(card) { [key] = value };
        Fuzzing.Try(spoilt, metadata =>
        {
            if (Fuzzing.Refusable(() => ModelCard.FromMetadata(metadata, "card")) is { } card)
            {
                AssertWrittenAsRead(card);
            }
        });
    }

    [TestMethod]
    public void SchedulerConfigs_AreReadOrRefused()
        => Fuzzing.Try(
            Mutation.Of(
                ("""{ "_class_name": "DDIMScheduler", "num_train_timesteps": 500,"""u8
                    + """ "beta_schedule": "squaredcos_cap_v2", "clip_sample": true }"""u8).ToArray(),
                """{ "num_train_timesteps": 3, "trained_betas": [0.1, 0.2, 0.3], "prediction_type": "sample" }"""u8.ToArray()),
            json =>
            {
                if (Fuzzing.Refusable(() => ModelCard.FromSchedulerConfig(json, Plain.Data, "scheduler_config.json")) is { } card)
                {
                    Assert.IsTrue(card.Schedule.TerminalAlphaBar is > 0 and < 1);
                    AssertWrittenAsRead(card);
                }
            });

    [TestMethod]
    public void Solvers_AreReadOrRefused()
    {
        SolverInfo info = SolverInfo.From(SamplingPlan.At(Plain.Schedule, new Ddpm(), [40, 10.5, 0]), clip: 2);
        IReadOnlyDictionary<string, string> good = info.ToMetadata(Plain);
        Fuzzing.Try(Mutation.Of(good[SolverInfo.Key]), text =>
        {
            if (Fuzzing.Refusable(() => Read(new Dictionary<string, string>(good) { [SolverInfo.Key] = text })) is { } solver
                && Fuzzing.Refusable(() => solver.ToPlan(Plain.Schedule, "solver")) is { } plan)
            {
                Assert.IsTrue(plan.Tableau.Rows.Length > 0);
                IReadOnlyDictionary<string, string> written = solver.ToMetadata(Plain);
                Assert.AreEqual(written[SolverInfo.Key], Read(written).ToMetadata(Plain)[SolverInfo.Key]);
            }
        });
    }

    [TestMethod]
    public void NetworkFiles_AreReadOrRefused()
        => Fuzzing.Try(Spoilt(Networks), file =>
        {
            if (Fuzzing.Refusable(() => NetworkFile.Read(file, "network")) is { } network && network.Dimension <= 8)
            {
                ModelCard card = Plain with { Data = new DataInfo { Name = "x", Dimension = network.Dimension } };
                _ = Fuzzing.Refusable(() => SamplerCompiler.Compile(network, card, SamplingPlan.Create(card.Schedule, steps: 3)));
            }
        });

    [TestMethod]
    public void Networks_AreSampledOrRefused()
        => Fuzzing.Try(Spoilt(Networks), file => Fuzzing.Refusable(() =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(file);
            SamplingJob job = new() { Count = 3, Plan = sampler.CreatePlan(steps: 2) };
            Assert.IsTrue(sampler.Sample(job, new ExecutionOptions { Threads = 1 }).Values.ToArray().All(float.IsFinite));
            return sampler;
        }), cost: 4);

    [TestMethod]
    public void CompiledSamplers_AreSampledOrRefused()
    {
        NetworkFile network = NetworkFile.Read(Networks[0], "network");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "network");
        byte[][] compiled = [.. new ISolver[] { new Ddim(), new Ddpm() }.Select(solver =>
            SamplerCompiler.Compile(
                network, card, SamplingPlan.Create(card.Schedule, solver, 3), new CompileOptions { Trajectory = true }))];
        Fuzzing.Try(Spoilt(compiled), file => Fuzzing.Refusable(() =>
        {
            using CompiledSampler sampler = CompiledSampler.Load(file);
            SamplingJob job = new() { Count = 3 };
            Assert.IsTrue(sampler.Sample(job, new ExecutionOptions { Threads = 1 }).Values.ToArray().All(float.IsFinite));
            return sampler;
        }), cost: 8);
    }

    private static SolverInfo Read(IReadOnlyDictionary<string, string> metadata) => SolverInfo.FromMetadata(metadata, "solver")!;

    private static void AssertWrittenAsRead(ModelCard card)
    {
        IReadOnlyDictionary<string, string> written = card.ToMetadata();
        CollectionAssert.AreEqual(written.ToArray(), ModelCard.FromMetadata(written, "card").ToMetadata().ToArray());
    }

    /// <summary>Files spoilt anywhere, and files spoilt within.</summary>
    private static Gen<byte[]> Spoilt(byte[][] files) => Gen.OneOf(Mutation.Of(files), MessageMutation.Of(files));

    /// <summary>A network of this project, and one without a training of its own.</summary>
    private static byte[][] Networks { get; } =
    [
        Tiny(Card),
        Tiny(Plain),
    ];

    /// <summary>Two units in the hidden layer: small files are spoilt where it matters more often.</summary>
    private static byte[] Tiny(ModelCard card)
        => SmallNetwork.Bytes(card, width: 2, frequencies: 1, count => [.. Enumerable.Range(1, count).Select(k => 0.1f * k)]);
}
