using Diffusion.Cards;
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

namespace Diffusion.Tests.Sampling;

/// <summary>Networks in files that take labels, given values or both.</summary>
[TestClass]
public sealed class ConditionalNetworkTests
{
    private const int Count = 50;

    public static IEnumerable<object[]> Signatures
        => [[ConditionalNetwork.Labels], [new ConditionSignature(TakesGiven: true)], [ConditionalNetwork.LabelsAndGiven]];

    [TestMethod]
    [DynamicData(nameof(Signatures))]
    public void Conditions_ReachTheNetwork(ConditionSignature conditions)
    {
        using OnnxDenoiser network = OnnxDenoiser.FromBytes(
            ConditionalNetwork.Bytes(conditions), "m", card: ConditionalNetwork.CardOf(conditions));
        ConditionalNetwork closed = new(conditions);
        Assert.AreEqual(closed.Signature, network.Signature);

        // A number of samples that leaves a part of the buffers free, and another one in the same buffers afterwards.
        foreach (int count in new[] { 7, 5, 8 })
        {
            float[] x = [.. Enumerable.Range(0, 2 * count).Select(k => MathF.Cos(k))];
            (float[] expected, float[] found) = (new float[x.Length], new float[x.Length]);
            ConditionBatch asked = ConditionalNetwork.ConditionsOf(conditions, count + 3).Slice(3, count);
            DenoiserCall call = new(x, NoiseSchedule.Linear().At(123.5), asked);
            closed.Predict(call, expected);
            network.Predict(call, found);
            Numbers.AreClose(Array.ConvertAll(expected, value => (double)value), Array.ConvertAll(found, value => (double)value), 1e-6);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Signatures))]
    public void Samples_DependOnTheirOwnConditions_AndNotOnTheChunkTheyAreIn(ConditionSignature conditions)
    {
        using DiffusionSampler sampler = Load(conditions);
        SamplingJob job = JobFor(sampler, conditions);
        float[] whole = sampler.Sample(job).Values.ToArray();
        foreach (int size in new[] { 1, 2, 3, 7, 33 })
        {
            CollectionAssert.AreEqual(
                whole, sampler.Sample(job, new ExecutionOptions { ChunkSize = size, Threads = 3 }).Values.ToArray(), $"chunks of {size}");
            CollectionAssert.AreEqual(
                whole, sampler.SamplePieces(job, size).SelectMany(piece => piece.Values.ToArray()).ToArray(), $"pieces of {size}");
            CollectionAssert.AreEqual(
                whole, sampler.Frames(job, new ExecutionOptions { ChunkSize = size }).Last().Points.Values.ToArray(), $"frames of {size}");
        }

        // The conditions of the others moved on by one: not a sample stays as it was.
        ConditionBatch moved = ConditionalNetwork.ConditionsOf(conditions, Count + 1).Slice(1, Count);
        float[] others = sampler.Sample(job with { Conditions = moved }).Values.ToArray();
        Assert.IsTrue(Enumerable.Range(0, Count).All(i => !whole.AsSpan(2 * i, 2).SequenceEqual(others.AsSpan(2 * i, 2))));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(0.0)]
    [DataRow(2.5)]
    public void AFile_IsSampledLikeItsClosedForm(double? guidance)
    {
        ModelCard card = ConditionalNetwork.CardOf(ConditionalNetwork.LabelsAndGiven);
        using DiffusionSampler file = Load(card.Conditions);
        using DiffusionSampler closed = new(new ConditionalNetwork(card.Conditions), card);
        SamplingJob job = JobFor(file, card.Conditions) with { Guidance = guidance };
        PointSet expected = closed.Sample(job);
        PointSet found = file.Sample(job);
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.AreEqual(expected.Values[i], found.Values[i], 1e-4 * Math.Max(1, Math.Abs(expected.Values[i])), $"number {i}");
        }
    }

    [TestMethod]
    public void AJob_WithoutTheConditionsOfItsModel_IsRefused_AndSoIsTheReverse()
    {
        using DiffusionSampler sampler = Load(ConditionalNetwork.LabelsAndGiven);
        using DiffusionSampler plain = new(new MixturePredictor(), MixturePredictor.Card);
        SamplingJob none = new() { Count = 3 };
        SamplingJob labels = none with { Conditions = ConditionBatch.OfLabel(3, 1) };
        AssertRefused("The model takes class labels; the job has none.", () => sampler.Sample(none));
        AssertRefused("The network takes 6 given values for 3 samples; found 0.", () => sampler.Sample(labels));
        AssertRefused("The network takes 0 class labels for 3 samples; found 3.", () => plain.Sample(labels));
        AssertRefused("The model takes neither class labels nor given values", () => plain.Sample(none with { Guidance = 2 }));
    }

    /// <summary>Where there is no way to say the conditions, nothing is computed from those of an earlier call.</summary>
    [TestMethod]
    public void WhatHasNoConditions_CannotBeAskedOfSuchANetwork()
    {
        using DiffusionSampler sampler = Load(ConditionalNetwork.Labels);
        PointSet points = sampler.Sample(JobFor(sampler, ConditionalNetwork.Labels));
        AssertRefused("The model takes conditions", () => sampler.LogLikelihood(points));
        AssertRefused("The model takes class labels", () => sampler.Encode(points));
        Assert.ThrowsExactly<ArgumentException>(
            () => sampler.Denoiser.Predict(new DenoiserCall(new float[2], NoiseSchedule.Linear().At(5)), new float[2]));
    }

    [TestMethod]
    public void FilesWhoseInputsAreNotThoseOfTheirCard_AreRefused()
    {
        ModelCard card = ConditionalNetwork.CardOf(ConditionalNetwork.LabelsAndGiven);
        AssertRefused(
            "expected the inputs sample, timestep; found sample, timestep, class_labels, given, given_mask.",
            () => OnnxDenoiser.FromBytes(ConditionalNetwork.Bytes(card.Conditions), "m"));
        AssertRefused(
            "expected the inputs sample, timestep, class_labels, given, given_mask; found sample, timestep, class_labels.",
            () => OnnxDenoiser.FromBytes(ConditionalNetwork.Bytes(ConditionalNetwork.Labels), "m", card: card));
        AssertRefused(
            "'m': class_labels must be int64 [n]; was float32 [n].",
            () => OnnxDenoiser.FromBytes(
                ConditionalNetwork.Bytes(card.Conditions, TensorProto.Types.DataType.Float), "m", card: card));
    }

    private static DiffusionSampler Load(ConditionSignature conditions)
        => DiffusionSampler.Load(ConditionalNetwork.Bytes(conditions), new ModelOptions { Card = ConditionalNetwork.CardOf(conditions) });

    private static SamplingJob JobFor(DiffusionSampler sampler, ConditionSignature conditions) => new()
    {
        Count = Count, Plan = sampler.CreatePlan(new Ddpm(), 6), Seed = 3, Conditions = ConditionalNetwork.ConditionsOf(conditions, Count),
    };

    private static void AssertRefused(string message, Action action)
        => StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(action).Message, message);

    /// <summary>Given values reach a compiled file as cells of a table only.</summary>
    [TestMethod]
    public void GivenValuesThatAreNoCells_CannotBeCompiled()
    {
        ConditionSignature given = new(TakesGiven: true);
        ModelCard card = ConditionalNetwork.CardOf(given);
        ModelProto model = ModelProto.Parser.ParseFrom(ConditionalNetwork.Bytes(given));
        model.MetadataProps.AddRange(card.ToMetadata().Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        NetworkFile network = NetworkFile.Read(model.ToByteArray(), "m");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(
                () => SamplerCompiler.Compile(network, card, SamplingPlan.Create(card.Schedule, new Ddim(), 4))).Message,
            "'m' takes given values, but is not the model of a table");
    }
}
