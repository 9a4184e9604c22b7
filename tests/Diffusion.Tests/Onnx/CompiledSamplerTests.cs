using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Onnx.Protobuf;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Google.Protobuf;

namespace Diffusion.Tests.Onnx;

/// <summary>A compiled file as its user meets it: opened, run, disposed of, and asked for what it cannot do.</summary>
[TestClass]
public sealed class CompiledSamplerTests
{
    /// <summary>That of the shipped models.</summary>
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    [TestMethod]
    public void NetworksAndSamplers_AreNotTakenForEachOther()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["compiled.onnx"], CompiledNetwork.Bytes("moons", SamplingPlan.Create(Schedule)));
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
        CompiledSampler compiled = CompiledNetwork.Load("moons", SamplingPlan.Create(Schedule), trajectory: true);
        IEnumerable<Frame> frames = compiled.Frames(new SamplingJob { Count = 3 });
        compiled.Dispose();
        compiled.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => compiled.Sample(3));
        Assert.ThrowsExactly<ObjectDisposedException>(() => frames.Last(), "Frames are made as they are asked for.");
    }

    [TestMethod]
    public void DisposalDuringARun_EndsItInOrder()
    {
        CompiledSampler compiled = CompiledNetwork.Load("moons", SamplingPlan.Create(Schedule, new Ddpm()));
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
        using CompiledSampler compiled = CompiledNetwork.Load("moons", SamplingPlan.Create(Schedule), trajectory: true);
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
        ModelProto model = ModelProto.Parser.ParseFrom(CompiledNetwork.Bytes("moons", SamplingPlan.Create(Schedule, new Ddpm(), 5)));
        ModelProto other = ModelProto.Parser.ParseFrom(CompiledNetwork.Bytes("moons", SamplingPlan.Create(Schedule, new Ddpm(), 6)));
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
        using CompiledSampler compiled = CompiledNetwork.Load("moons", plan);
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

    private sealed class Signal(ManualResetEventSlim started) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => started.Set();
    }
}
