using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Compiling;
using Diffusion.Onnx.Protobuf;
using Diffusion.Points;
using Diffusion.Samples;
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
        using CompiledSampler compiled = Compile(model, plan);
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
        using CompiledSampler compiled = Compile("circles", plan, trajectory: true);
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
            NumericTable expected = loop.SampleTable(job);
            NumericTable actual = compiled.SampleTable(job);
            Assert.AreEqual((4, 4), (expected.Width, actual.Width));
            for (int i = 0; i < Points; i++)
            {
                Assert.AreEqual((20240131, -2.5), (actual[i][0], actual[i][3]));
                Support.Numbers.AreClose(expected[i], actual[i], Tolerance);
            }

            CollectionAssert.AreEqual(expected.Values.ToArray(), loop.TableFrames(job).Last().Values.ToArray());
            CollectionAssert.AreEqual(actual.Values.ToArray(), compiled.TableFrames(job).Last().Values.ToArray());
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
    public void Triton_IsToldTheWidthOfTheTable()
    {
        string text = TritonConfig.Write("t", SamplingPlan.Create(NoiseSchedule.Linear()).Tableau, dimension: 2, width: 5);
        StringAssert.Contains(text, "input [ { name: \"noise\" data_type: TYPE_FP32 dims: [ 2 ] } ]");
        StringAssert.Contains(text, "output [ { name: \"sample\" data_type: TYPE_FP32 dims: [ 5 ] } ]");
    }

    [TestMethod]
    public void EveryPoint_IsComputedOnItsOwn()
    {
        using CompiledSampler compiled = Compile("2gmm", SamplingPlan.Create(Schedule, new Ddpm(), 5));
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
        byte[] file = CompileBytes("moons", plan, trajectory: true);
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

    [TestMethod]
    public void NetworksAndSamplers_AreNotTakenForEachOther()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["compiled.onnx"], CompileBytes("moons", SamplingPlan.Create(Schedule)));
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(folder["compiled.onnx"])).Message,
            "is a compiled sampler");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => CompiledSampler.Load(ShippedModels.PathOf("moons"))).Message,
            "is a network, not a compiled sampler");
        using CompiledSampler compiled = CompiledSampler.Load(folder["compiled.onnx"]);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Frames(new SamplingJob { Count = 3 })).Message,
            "Compile it again with the trajectory.");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => compiled.FramesAsync(new SamplingJob { Count = 3 })).Message,
            "Compile it again with the trajectory.");
    }

    [TestMethod]
    public void UseAfterDisposal_IsAnException()
    {
        CompiledSampler compiled = Compile("moons", SamplingPlan.Create(Schedule), trajectory: true);
        IEnumerable<Frame> frames = compiled.Frames(new SamplingJob { Count = 3 });
        compiled.Dispose();
        compiled.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => compiled.Sample(3));
        Assert.ThrowsExactly<ObjectDisposedException>(() => frames.Last(), "Frames are made as they are asked for.");
    }

    [TestMethod]
    public void DisposalDuringARun_EndsItInOrder()
    {
        CompiledSampler compiled = Compile("moons", SamplingPlan.Create(Schedule, new Ddpm()));
        using ManualResetEventSlim started = new();
        Task work = Task.Run(
            () => compiled.Sample(new SamplingJob { Count = 2_000 }, new ExecutionOptions { ChunkSize = 16 }, new Signal(started)));
        started.Wait();
        compiled.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(work.GetAwaiter().GetResult);
    }

    [TestMethod]
    public void WrongCounts_AreRefused()
    {
        using CompiledSampler compiled = Compile("moons", SamplingPlan.Create(Schedule), trajectory: true);
        foreach (int wrong in new[] { -1, 0, int.MaxValue })
        {
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Sample(wrong));
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Frames(new SamplingJob { Count = wrong }));
        }

        Assert.ThrowsExactly<DiffusionException>(() => compiled.SamplePieces(new SamplingJob { Count = 0 }));
    }

    [TestMethod]
    public void AFileWhoseGraphContradictsItsSolver_IsRefused()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(CompileBytes("moons", SamplingPlan.Create(Schedule, new Ddpm(), 5)));
        ModelProto other = ModelProto.Parser.ParseFrom(CompileBytes("moons", SamplingPlan.Create(Schedule, new Ddpm(), 6)));
        SolverOf(model).Value = SolverOf(other).Value;
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => CompiledSampler.Load(model.ToByteArray())).Message,
            "step_noise must be float32 [n, 6, 2], as its solver and its model card say; was float32 [n, 5, 2].");

        static StringStringEntryProto SolverOf(ModelProto model) => model.MetadataProps.Single(entry => entry.Key == SolverInfo.Key);
    }

    /// <summary>What a compiled file cannot do otherwise is refused by name, and what it does anyway may be asked for.</summary>
    [TestMethod]
    public void WhatIsFixedInAFile_CannotBeChosen()
    {
        SamplingPlan plan = SamplingPlan.Create(Schedule, new Ddim(), 5);
        using CompiledSampler compiled = Compile("moons", plan);
        SamplingJob job = new() { Count = 3 };
        CollectionAssert.AreEqual(
            compiled.Sample(job).Values.ToArray(),
            compiled.Sample(job with { Plan = SamplingPlan.Create(Schedule, new Ddim(), 5) }).Values.ToArray());
        AssertRefused("solver", job with { Plan = SamplingPlan.Create(Schedule, new Ddim(), 6) });
        AssertRefused("solver", job with { Plan = SamplingPlan.Create(Schedule, new Ddim(0.5), 5) });
        AssertRefused("solver", job with { Plan = SamplingPlan.Create(Schedule, new Ddim(), 5, TimestepGrids.Karras) });
        AssertRefused("clipping", job with { Clipping = new ClippingOptions { Bound = 1 } });
        AssertRefused(
            "constraint", job with { Constraint = new KnownValues(new SampleBatch(new float[2], SampleShape.Vector(2)), new bool[2]) });
        AssertRefused("guidance", job with { Guidance = 1 });
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Sample(job with { Conditions = ConditionBatch.OfLabel(3, 0) })).Message,
            "The network takes 0 class labels for 3 samples; found 3.");

        void AssertRefused(string what, SamplingJob wrong) => StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Sample(wrong)).Message,
            $"is a compiled sampler (ddim, 5 steps), whose {what} cannot be chosen.");
    }

    private static CompiledSampler Compile(string model, SamplingPlan plan, bool trajectory = false)
        => CompiledSampler.Load(CompileBytes(model, plan, trajectory));

    private static byte[] CompileBytes(string model, SamplingPlan plan, bool trajectory = false)
        => CompiledNetwork.Bytes(model, plan, new CompileOptions { Trajectory = trajectory });

    /// <summary>The largest difference, relative to the spread of the points.</summary>
    private static void AssertEqual(PointSet expected, PointSet actual)
    {
        double scale = Math.Sqrt(expected.Values.ToArray().Average(value => (double)value * value));
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.AreEqual(expected.Values[i], actual.Values[i], Tolerance * scale, $"number {i}");
        }
    }

    private sealed class Signal(ManualResetEventSlim started) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => started.Set();
    }
}
