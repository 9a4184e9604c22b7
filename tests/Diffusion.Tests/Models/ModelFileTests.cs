using Diffusion.Cards;
using Diffusion.Onnx.Protobuf;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Google.Protobuf;

namespace Diffusion.Tests.Models;

/// <summary>Runs the example of docs/model-file.md, and checks what the page says of guidance.</summary>
[TestClass]
public sealed class ModelFileTests
{
    [TestMethod]
    public void TheExampleOfThePage_Samples_AndGuidanceIsAsItSays()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m.onnx"], WithCard(ConditionalNetwork.CardOf(ConditionalNetwork.Labels)));
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["m.onnx"]);
        SamplingJob job = new() { Count = 16, Seed = 1, Conditions = ConditionBatch.OfLabel(16, label: 1), Guidance = 1.5 };
        PointSet samples = sampler.Sample(job);

        ConditionBatch none = ConditionBatch.OfLabel(16, ConditionalNetwork.Labels.NoLabel);
        float[] plain = Of(job with { Guidance = null });
        CollectionAssert.AreEqual(plain, Of(job with { Guidance = 1 }));
        CollectionAssert.AreNotEqual(plain, samples.Values.ToArray());
        CollectionAssert.AreEqual(Of(job with { Guidance = null, Conditions = none }), Of(job with { Guidance = 0 }));

        float[] Of(SamplingJob other) => sampler.Sample(other).Values.ToArray();
    }

    [TestMethod]
    public void AJobWithoutAWeight_TakesThatOfTheCard()
    {
        ModelCard card = ConditionalNetwork.CardOf(ConditionalNetwork.Labels);
        using DiffusionSampler plain = DiffusionSampler.Load(WithCard(card));
        using DiffusionSampler recommended = DiffusionSampler.Load(WithCard(card with { Sampling = new SamplingInfo { Guidance = 3 } }));
        SamplingJob job = new() { Count = 5, Conditions = ConditionBatch.OfLabel(5, label: 0) };
        CollectionAssert.AreEqual(
            plain.Sample(job with { Guidance = 3 }).Values.ToArray(), recommended.Sample(job).Values.ToArray());
    }

    /// <summary>The test above has a file and a folder of its own.</summary>
    [TestMethod]
    public void TheTestAbove_RunsTheCodeOfThePage()
        => Example.AssertIsIn(
            "docs/model-file.md", "tests/Diffusion.Tests/Models/ModelFileTests.cs", ("\"digits.onnx\"", "folder[\"m.onnx\"]"));

    private static byte[] WithCard(ModelCard card)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(ConditionalNetwork.Bytes(card.Conditions));
        model.MetadataProps.Add(card.ToMetadata().Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model.ToByteArray();
    }
}
