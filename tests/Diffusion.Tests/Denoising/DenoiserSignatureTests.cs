using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Denoising;

/// <summary>A model card has to describe the network that it comes with.</summary>
[TestClass]
public sealed class DenoiserSignatureTests
{
    private static readonly DenoiserSignature Signature = new(SampleShape.Image(1, 8, 6))
    {
        Prediction = PredictionType.VPrediction, Conditions = new ConditionSignature(3, TakesGiven: true),
    };

    private static readonly ModelCard Card = new()
    {
        Schedule = NoiseSchedule.Linear(),
        Data = new DataInfo { Name = "pictures", Dimension = 48, ImageLengths = [1, 8, 6] },
        Prediction = Signature.Prediction,
        Conditions = Signature.Conditions,
    };

    [TestMethod]
    public void TheCardOfTheNetwork_IsAccepted() => Signature.RequireCard(Card, "m");

    [TestMethod]
    public void AnotherShape_IsNamed()
    {
        AssertRefused(
            "'m' takes samples of the shape [1, 8, 6], but its model card says [1, 6, 8].",
            Card with { Data = Card.Data with { ImageLengths = [1, 6, 8] } });
        AssertRefused(
            "'m' takes samples of the shape [1, 8, 6], but its model card says [48].",
            Card with { Data = Card.Data with { ImageLengths = null } });
    }

    [TestMethod]
    public void AnotherPredictionType_IsNamed() => AssertRefused(
        "'m' predicts VPrediction, but its model card says Epsilon.", Card with { Prediction = PredictionType.Epsilon });

    [TestMethod]
    public void OtherConditions_AreNamed()
    {
        AssertRefused(
            "'m' takes 3 classes and given values, but its model card says 2 classes and given values.",
            Card with { Conditions = Card.Conditions with { ClassCount = 2 } });
        AssertRefused(
            "'m' takes 3 classes and given values, but its model card says 3 classes and no given values.",
            Card with { Conditions = Card.Conditions with { TakesGiven = false } });
    }

    private static void AssertRefused(string message, ModelCard card)
        => Assert.AreEqual(message, Assert.ThrowsExactly<DiffusionException>(() => Signature.RequireCard(card, "m")).Message);
}
