using Diffusion.Onnx.Compiling;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>What is awaited: the same as what is waited for, until it is cancelled.</summary>
[TestClass]
public sealed class AwaitedSamplingTests
{
    private static readonly SamplingPlan Plan = SamplingPlan.Create(MixturePredictor.Card.Schedule, new Ddpm(), 10);

    /// <summary>Whoever awaits gets what whoever waits gets, of a network and of a compiled file.</summary>
    [TestMethod]
    public async Task WhatIsAwaited_IsWhatIsWaitedFor()
    {
        using DiffusionSampler network = ShippedModels.Load("circles");
        using CompiledSampler compiled = CompiledSampler.Load(
            CompiledNetwork.Bytes("circles", Plan, new CompileOptions { Trajectory = true }));
        foreach (LocalSampler sampler in new LocalSampler[] { network, compiled })
        {
            float[] expected = sampler.Sample(Ancestral(100)).Values.ToArray();
            CollectionAssert.AreEqual(expected, (await sampler.SampleAsync(Ancestral(100))).Values.ToArray());
            Table table = await sampler.SampleTableAsync(Ancestral(100));
            double[] interleaved = [.. Enumerable.Range(0, 200).Select(i => ((NumberColumn)table.Columns[i % 2]).Values[i / 2])];
            CollectionAssert.AreEqual(Array.ConvertAll(expected, value => (double)value), interleaved);
            float[] samples = new float[200];
            await sampler.RunAsync(Ancestral(100), samples);
            CollectionAssert.AreEqual(expected, samples);
            List<SampleFrame> frames = [];
            await foreach (SampleFrame frame in sampler.StreamAsync(Ancestral(100)))
            {
                frames.Add(frame);
            }

            CollectionAssert.AreEqual(sampler.Stream(Ancestral(100)).ToArray(), frames);
            await Assert.ThrowsExactlyAsync<DiffusionException>(() => sampler.SampleAsync(Ancestral(0)));
            await Assert.ThrowsExactlyAsync<TaskCanceledException>(
                () => sampler.SampleAsync(Ancestral(1), cancellationToken: new CancellationToken(canceled: true)));
        }
    }

    [TestMethod]
    public async Task Frames_CanBeAwaited_OneByOne()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        List<Frame> frames = [];
        await foreach (Frame frame in sampler.FramesAsync(Ancestral(20)))
        {
            frames.Add(frame);
        }

        CollectionAssert.AreEqual(
            sampler.Frames(Ancestral(20)).SelectMany(frame => frame.Points.Values.ToArray()).ToArray(),
            frames.SelectMany(frame => frame.Points.Values.ToArray()).ToArray());
        Assert.ThrowsExactly<DiffusionException>(() => sampler.FramesAsync(Ancestral(0)));
    }

    [TestMethod]
    public async Task AwaitedFrames_EndWhenTheyAreCancelled()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        using CancellationTokenSource source = new();
        int seen = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (Frame frame in sampler.FramesAsync(Ancestral(20)).WithCancellation(source.Token))
            {
                seen++;
                source.Cancel();
            }
        });
        Assert.AreEqual(1, seen);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task AwaitedFrames_EndInTheMiddleOfOne_WhoeverCancelsThem(bool isAtTheLoop)
    {
        using CancellationTokenSource source = new();
        int calls = 0;
        ClosedForm cancelling = new(2, (_, _, _) =>
        {
            calls++;
            source.Cancel();
        });
        using DiffusionSampler sampler = new(cancelling, MixturePredictor.Card);
        ExecutionOptions execution = new() { ChunkSize = 1, Threads = 1 };
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            IAsyncEnumerable<Frame> frames = sampler.FramesAsync(
                Ancestral(20), execution, isAtTheLoop ? CancellationToken.None : source.Token);
            await foreach (Frame frame in isAtTheLoop ? frames.WithCancellation(source.Token) : frames.ConfigureAwait(false))
            {
                Assert.AreEqual(0, frame.Step);
            }
        });
        Assert.AreEqual(1, calls);
    }

    private static SamplingJob Ancestral(long count) => new() { Count = count, Plan = Plan, Seed = 5 };
}
