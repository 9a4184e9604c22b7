using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Compiling;
using Diffusion.Onnx.Protobuf;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Google.Protobuf;

namespace Diffusion.Tests.Onnx;

/// <summary>A compiled sampler gives what the loop gives.</summary>
[TestClass]
public sealed class SamplerCompilerTests
{
    private const int Points = 200;
    private const int Many = 1_000;
    private const double Tolerance = 1e-5;

    /// <summary>That of the shipped models.</summary>
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    public static IEnumerable<object[]> SolversAndModels =>
        from model in ShippedModels.Names
        from solver in KnownSolvers.All
        select new object[] { model, solver.Name };

    [TestMethod]
    [DynamicData(nameof(SolversAndModels))]
    public void ACompiledSampler_GivesThePointsOfTheLoop_ToTheLastBit_ForEverySolverAndModel(string model, string solver)
    {
        using DiffusionSampler sampler = ShippedModels.Load(model);
        SamplingPlan plan = sampler.CreatePlan(KnownSolvers.Find(solver).Create(new SolverSettings()), 20);
        SamplingJob job = new() { Count = Many, Plan = plan, Seed = 3 };
        using CompiledSampler compiled = CompiledNetwork.Load(model, plan);
        CollectionAssert.AreEqual(sampler.Sample(job).Values.ToArray(), compiled.Sample(job).Values.ToArray());
    }

    [TestMethod]
    [DataRow("ddim")]
    [DataRow("rk4")]
    [DataRow("ddpm")]
    public void ATrajectory_ShowsTheFramesOfTheLoop(string solver)
    {
        using DiffusionSampler sampler = ShippedModels.Load("circles");
        SamplingPlan plan = sampler.CreatePlan(KnownSolvers.Find(solver).Create(new SolverSettings()), 8);
        SamplingJob job = new() { Count = Points, Plan = plan };
        ExecutionOptions execution = new() { ChunkSize = 60 };
        using CompiledSampler compiled = CompiledNetwork.Load("circles", plan, trajectory: true);
        Frame[] expected = [.. sampler.Frames(job, execution)];
        Frame[] actual = [.. compiled.Frames(job, execution)];
        Assert.HasCount(9, actual);
        for (int step = 0; step < expected.Length; step++)
        {
            Assert.AreEqual(expected[step] with { Points = actual[step].Points }, actual[step]);
            AssertEqual(expected[step].Points, actual[step].Points);
        }
    }

    [TestMethod]
    [DataRow(PredictionType.Epsilon)]
    [DataRow(PredictionType.VPrediction)]
    [DataRow(PredictionType.Sample)]
    public void WhateverTheNetworkPredicts_ClippedOrNot_InTheUnitsOfTheData(PredictionType prediction)
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        card = card with { Prediction = prediction, Data = card.Data with { Shift = [10, -20], Scale = [2, 0.5] } };
        using DiffusionSampler sampler = DiffusionSampler.Load(ShippedModels.PathOf("moons"), new ModelOptions { Card = card });
        foreach (double? clip in new double?[] { null, 1.5 })
        {
            // Not down to the least noise: ε̂ from x₀ divides by it, and float32 loses the digits that are compared.
            SamplingPlan plan = SamplingPlan.At(card.Schedule, new Ddim(), [999, 800, 600, 400, 200, 100]);
            SamplingJob job = new() { Count = Points, Plan = plan };
            SamplingJob loop = job with { Clipping = clip is { } bound ? new ClippingOptions { Bound = bound } : null };
            using CompiledSampler compiled = CompiledSampler.Load(
                SamplerCompiler.Compile(network, card, plan, new CompileOptions { Clip = clip, Trajectory = true }));
            Assert.AreEqual(clip, compiled.Clip);
            AssertEqual(sampler.Sample(loop), compiled.Sample(job));
            AssertEqual(sampler.Frames(loop).First().Points, compiled.Frames(job).First().Points);
        }
    }

    [TestMethod]
    public void Constants_AreInTheFilesPoints_AndOnesThatAreNotThoseOfItsCardAreRefused()
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        ConstantColumn[] constants = [new() { Position = 3, Value = -2.5 }, new() { Position = 0, Value = 20240131 }];
        DataInfo plain = card.Data with { Constants = constants };
        foreach (DataInfo data in new[] { plain with { Shift = [10, -20], Scale = [2, 0.5] }, plain })
        {
            SamplingPlan plan = SamplingPlan.Create(card.Schedule, new Ddim(), 5);
            SamplingJob job = new() { Count = Points, Plan = plan };
            ModelCard known = card with { Data = data };
            byte[] file = Compiled(known);
            using DiffusionSampler loop = DiffusionSampler.Load(ShippedModels.PathOf("moons"), new ModelOptions { Card = known });
            using CompiledSampler compiled = CompiledSampler.Load(file);
            NumericTable expected = loop.SampleNumbers(job);
            NumericTable actual = compiled.SampleNumbers(job);
            Assert.AreEqual((4, 4), (expected.Width, actual.Width));
            for (int i = 0; i < Points; i++)
            {
                Assert.AreEqual((20240131, -2.5), (actual[i][0], actual[i][3]));
                Support.Numbers.AreClose(expected[i], actual[i], Tolerance);
            }

            CollectionAssert.AreEqual(expected.Values.ToArray(), loop.NumberFrames(job).Last().Values.ToArray());
            CollectionAssert.AreEqual(actual.Values.ToArray(), compiled.NumberFrames(job).Last().Values.ToArray());
            Assert.AreEqual(2, compiled.Sample(3).Dimension);
            ModelProto other = ModelProto.Parser.ParseFrom(
                Compiled(known with { Data = data with { Constants = [constants[0], constants[1] with { Value = 1 }] } }));
            ModelProto spoilt = ModelProto.Parser.ParseFrom(file);
            spoilt.Graph = other.Graph;
            using CompiledSampler wrong = CompiledSampler.Load(spoilt.ToByteArray());
            StringAssert.Contains(
                Assert.ThrowsExactly<DiffusionException>(() => wrong.Sample(3)).Message,
                "column 1 must be 20240131, as its model card says; was 1.");

            byte[] Compiled(ModelCard model) => SamplerCompiler.Compile(network, model, plan, new CompileOptions { Trajectory = true });
        }
    }

    [TestMethod]
    public void AConstantBeyondFloat32_CannotBeCompiled()
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        card = card with { Data = card.Data with { Constants = [new ConstantColumn { Position = 0, Value = 1e39 }] } };
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(
                () => SamplerCompiler.Compile(network, card, SamplingPlan.Create(card.Schedule))).Message,
            "has a constant column beyond float32");
    }

    [TestMethod]
    public void APlanOfAnotherSchedule_CannotBeCompiled()
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(
                () => SamplerCompiler.Compile(network, card, SamplingPlan.Create(NoiseSchedule.Cosine()))).Message,
            "The plan was made for another noise schedule");
    }

    [TestMethod]
    public void Triton_IsToldTheWidthOfTheTable()
    {
        string text = TritonConfig.Write("t", SamplingPlan.Create(NoiseSchedule.Linear()).Tableau, dimension: 2, width: 5);
        StringAssert.Contains(text, "input [ { name: \"noise\" data_type: TYPE_FP32 dims: [ 2 ] } ]");
        StringAssert.Contains(text, "output [ { name: \"sample\" data_type: TYPE_FP32 dims: [ 5 ] } ]");
    }

    [TestMethod]
    public void EveryPoint_IsComputedOnItsOwn()
    {
        using CompiledSampler compiled = CompiledNetwork.Load("2gmm", SamplingPlan.Create(Schedule, new Ddpm(), 5));
        float[] whole = compiled.Sample(Points).Values.ToArray();
        SamplingJob part = new() { Count = 30, First = 20 };
        CollectionAssert.AreEqual(
            whole[40..100], compiled.Sample(part, new ExecutionOptions { ChunkSize = 7, Threads = 3 }).Values.ToArray());
    }

    [TestMethod]
    public void AFile_IsHardlyLargerThanItsNetwork_AndCarriesWhatIsInIt()
    {
        SamplingPlan plan = SamplingPlan.Create(Schedule);
        long network = new FileInfo(ShippedModels.PathOf("moons")).Length;
        byte[] file = CompiledNetwork.Bytes("moons", plan, trajectory: true);
        Assert.IsLessThanOrEqualTo((1.1 * network) + 30_000, file.Length);
        using CompiledSampler compiled = CompiledSampler.Load(file);
        Assert.AreEqual("dpm++3m", compiled.Plan.Solver);
        Assert.AreEqual("moons", compiled.Card.Data.Name);
        CollectionAssert.AreEqual(Numbers(plan.Tableau), Numbers(compiled.Plan.Tableau));
        Assert.AreEqual(plan, compiled.Plan);

        static double[] Numbers(Tableau tableau) => [.. tableau.Rows.SelectMany(row => (double[])
        [
            row.Level.Timestep, row.Level.AlphaBar, row.NextLevel.Timestep, row.NextLevel.AlphaBar,
            row.P, row.Q, row.A, row.S, .. row.C,
        ])];
    }

    /// <summary>The largest difference, relative to the spread of the points.</summary>
    private static void AssertEqual(PointSet expected, PointSet actual)
    {
        double scale = Math.Sqrt(expected.Values.ToArray().Average(value => (double)value * value));
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.AreEqual(expected.Values[i], actual.Values[i], Tolerance * scale, $"number {i}");
        }
    }
}
