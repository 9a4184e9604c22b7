using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Files.Models;
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

    public static IEnumerable<object[]> SolversAndModels =>
        from model in ShippedModels.Names
        from solver in KnownSolvers.All
        select new object[] { model, solver.Name };

    [TestMethod]
    [DynamicData(nameof(SolversAndModels))]
    public void ACompiledSampler_GivesThePointsOfTheLoop_ToTheLastBit_ForEverySolverAndModel(string model, string solver)
    {
        SamplerOptions options = new() { Solver = KnownSolvers.Find(solver).Create(new SolverSettings()), Steps = 20, Seed = 3 };
        using DiffusionSampler sampler = ShippedModels.Load(model);
        using CompiledSampler compiled = Compile(model, options);
        CollectionAssert.AreEqual(sampler.Sample(Many, options).Values.ToArray(), compiled.Sample(Many, options).Values.ToArray());
    }

    [TestMethod]
    [DataRow("ddim")]
    [DataRow("rk4")]
    [DataRow("ddpm")]
    public void ATrajectory_ShowsTheFramesOfTheLoop(string solver)
    {
        SamplerOptions options = new() { Solver = KnownSolvers.Find(solver).Create(new SolverSettings()), Steps = 8, ChunkSize = 60 };
        using DiffusionSampler sampler = ShippedModels.Load("circles");
        using CompiledSampler compiled = Compile("circles", options, trajectory: true);
        Frame[] expected = [.. sampler.Stream(Points, options)];
        IReadOnlyList<Frame> actual = compiled.Frames(Points, options);
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
            SamplerOptions options = new() { Solver = new Ddim(), Timesteps = [999, 800, 600, 400, 200, 100], Clipping = clip is { } bound ? new ClippingOptions { Bound = bound } : null };
            Tableau tableau = options.BuildTableau(card.Schedule);
            using CompiledSampler compiled = CompiledSampler.Load(SamplerCompiler.Compile(network, card, tableau, new CompileOptions { Solver = "ddim", Clip = clip, Trajectory = true }));
            AssertEqual(sampler.Sample(Points, options), compiled.Sample(Points, options));
            AssertEqual(sampler.Stream(Points, options).First().Points, compiled.Frames(Points, options)[0].Points);
        }
    }

    [TestMethod]
    public void Constants_AreInTheFilesPoints_AndOnesThatAreNotThoseOfItsCardAreRefused()
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        ConstantColumn[] constants = [new() { Position = 3, Value = -2.5 }, new() { Position = 0, Value = 20240131 }];
        foreach (DataInfo data in new[] { card.Data with { Constants = constants, Shift = [10, -20], Scale = [2, 0.5] }, card.Data with { Constants = constants } })
        {
            SamplerOptions options = new() { Solver = new Ddim(), Steps = 5 };
            ModelCard known = card with { Data = data };
            byte[] file = Compiled(known);
            using DiffusionSampler loop = DiffusionSampler.Load(ShippedModels.PathOf("moons"), new ModelOptions { Card = known });
            using CompiledSampler compiled = CompiledSampler.Load(file);
            NumericTable expected = loop.SampleTable(Points, options);
            NumericTable actual = compiled.SampleTable(Points, options);
            Assert.AreEqual((4, 4), (expected.Width, actual.Width));
            for (int i = 0; i < Points; i++)
            {
                Assert.AreEqual((20240131, -2.5), (actual[i][0], actual[i][3]));
                Support.Numbers.AreClose(expected[i], actual[i], Tolerance);
            }

            CollectionAssert.AreEqual(expected.Values.ToArray(), loop.StreamTables(Points, options).Last().Values.ToArray());
            CollectionAssert.AreEqual(actual.Values.ToArray(), compiled.FrameTables(Points, options).Last().Values.ToArray());
            Assert.AreEqual(2, compiled.Sample(3).Dimension);
            ModelProto other = ModelProto.Parser.ParseFrom(Compiled(known with { Data = data with { Constants = [constants[0], constants[1] with { Value = 1 }] } }));
            ModelProto spoilt = ModelProto.Parser.ParseFrom(file);
            spoilt.Graph = other.Graph;
            using CompiledSampler wrong = CompiledSampler.Load(spoilt.ToByteArray());
            StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => wrong.Sample(3)).Message, "column 1 must be 20240131, as its model card says; was 1.");

            byte[] Compiled(ModelCard model)
                => SamplerCompiler.Compile(network, model, options.BuildTableau(model.Schedule), new CompileOptions { Solver = "ddim", Trajectory = true });
        }
    }

    [TestMethod]
    public void AConstantBeyondFloat32_CannotBeCompiled()
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        card = card with { Data = card.Data with { Constants = [new ConstantColumn { Position = 0, Value = 1e39 }] } };
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => SamplerCompiler.Compile(network, card, new SamplerOptions().BuildTableau(card.Schedule), new CompileOptions { Solver = "x" })).Message,
            "has a constant column beyond float32");
    }

    [TestMethod]
    public void Triton_IsToldTheWidthOfTheTable()
    {
        string text = TritonConfig.Write("t", new SamplerOptions().BuildTableau(NoiseSchedule.Linear()), dimension: 2, width: 5);
        StringAssert.Contains(text, "input [ { name: \"noise\" data_type: TYPE_FP32 dims: [ 2 ] } ]");
        StringAssert.Contains(text, "output [ { name: \"sample\" data_type: TYPE_FP32 dims: [ 5 ] } ]");
    }

    [TestMethod]
    public void EveryPoint_IsComputedOnItsOwn()
    {
        SamplerOptions options = new() { Solver = new Ddpm(), Steps = 5 };
        using CompiledSampler compiled = Compile("2gmm", options);
        float[] whole = compiled.Sample(Points, options).Values.ToArray();
        CollectionAssert.AreEqual(whole[40..100], compiled.Sample(30, options with { FirstSample = 20, ChunkSize = 7, Threads = 3 }).Values.ToArray());
    }

    [TestMethod]
    public void AFile_IsHardlyLargerThanItsNetwork_AndCarriesWhatIsInIt()
    {
        SamplerOptions options = new();
        long network = new FileInfo(ShippedModels.PathOf("moons")).Length;
        byte[] file = CompileBytes("moons", options, trajectory: true);
        Assert.IsLessThanOrEqualTo((1.1 * network) + 30_000, file.Length);
        using CompiledSampler compiled = CompiledSampler.Load(file);
        Assert.AreEqual("dpm++3m", compiled.Solver.Name);
        Assert.AreEqual("moons", compiled.Card.Data.Name);
        CollectionAssert.AreEqual(Numbers(options.BuildTableau(compiled.Card.Schedule)), Numbers(compiled.Tableau));

        static double[] Numbers(Tableau tableau)
            => [.. tableau.Rows.SelectMany(row => (double[])[row.Timestep, row.NextTimestep, row.P, row.Q, row.A, row.S, .. row.C])];
    }

    [TestMethod]
    public void NetworksAndSamplers_AreNotTakenForEachOther()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["compiled.onnx"], CompileBytes("moons", new SamplerOptions()));
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(folder["compiled.onnx"])).Message, "is a compiled sampler");
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => CompiledSampler.Load(ShippedModels.PathOf("moons"))).Message, "is a network, not a compiled sampler");
        using CompiledSampler compiled = CompiledSampler.Load(folder["compiled.onnx"]);
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => compiled.Frames(3, new SamplerOptions())).Message, "Compile it again with the trajectory.");
    }

    [TestMethod]
    public void UseAfterDisposal_IsAnException()
    {
        CompiledSampler compiled = Compile("moons", new SamplerOptions());
        compiled.Dispose();
        compiled.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => compiled.Sample(3));
    }

    [TestMethod]
    public void DisposalDuringARun_EndsItInOrder()
    {
        CompiledSampler compiled = Compile("moons", new SamplerOptions { Solver = new Ddpm() });
        using ManualResetEventSlim started = new();
        Task work = Task.Run(() => compiled.Sample(2_000, new SamplerOptions { ChunkSize = 16 }, new Signal(started)));
        started.Wait();
        compiled.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(work.GetAwaiter().GetResult);
    }

    [TestMethod]
    public void WrongCounts_AreRefused()
    {
        using CompiledSampler compiled = Compile("moons", new SamplerOptions(), trajectory: true);
        foreach (int wrong in new[] { -1, 0, int.MaxValue })
        {
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Sample(wrong));
            Assert.ThrowsExactly<DiffusionException>(() => compiled.Frames(wrong, new SamplerOptions()));
        }

        Assert.ThrowsExactly<DiffusionException>(() => compiled.SamplePieces(0, new SamplerOptions()));
    }

    [TestMethod]
    public void AFileWhoseGraphContradictsItsSolver_IsRefused()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(CompileBytes("moons", new SamplerOptions { Solver = new Ddpm(), Steps = 5 }));
        ModelProto other = ModelProto.Parser.ParseFrom(CompileBytes("moons", new SamplerOptions { Solver = new Ddpm(), Steps = 6 }));
        model.MetadataProps.Single(entry => entry.Key == SolverInfo.Key).Value = other.MetadataProps.Single(entry => entry.Key == SolverInfo.Key).Value;
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => CompiledSampler.Load(model.ToByteArray())).Message, "step_noise must be float32 [n, 6, 2], as its solver and its model card say; was float32 [n, 5, 2].");
    }

    private static CompiledSampler Compile(string model, SamplerOptions options, bool trajectory = false)
        => CompiledSampler.Load(CompileBytes(model, options, trajectory));

    private static byte[] CompileBytes(string model, SamplerOptions options, bool trajectory = false)
    {
        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf(model)), model);
        ModelCard card = ModelCard.FromMetadata(network.Metadata, model);
        return SamplerCompiler.Compile(network, card, options.BuildTableau(card.Schedule), new CompileOptions { Solver = options.Solver.Name, Trajectory = trajectory });
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

    private sealed class Signal(ManualResetEventSlim started) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => started.Set();
    }
}
