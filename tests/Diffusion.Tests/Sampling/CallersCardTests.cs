using Diffusion.Models;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>A card that a program supplies keeps the rules of a card in a file, and is refused in the same words.</summary>
[TestClass]
public sealed class CallersCardTests
{
    private static readonly ModelCard Right = MixturePredictor.Card;

    public static IEnumerable<object[]> WrongCards =>
    [
        [Right with { Data = Right.Data with { Dimension = 0 } }],
        [Right with { Data = Right.Data with { Name = "../x" } }],
        [Right with { Data = Right.Data with { Scale = [1] } }],
        [Right with { Data = Right.Data with { Scale = [1, 0] } }],
        [Right with { Data = Right.Data with { Scale = [1, 1e31] } }],
        [Right with { Data = Right.Data with { Shift = [1, 1e31] } }],
        [Right with { Data = Right.Data with { Columns = ["x"] } }],
        [Right with { Data = Right.Data with { Columns = ["x", null!] } }],
        [Right with { ClipSample = 0 }],
        [Right with { ClipSample = -1.5 }],
    ];

    [TestMethod]
    [DynamicData(nameof(WrongCards))]
    public void IsRefused_AsInAFile(ModelCard card)
    {
        string expected = Message(() => ModelCard.FromMetadata(card.ToMetadata(), "the model"));
        Assert.AreEqual(expected, Message(() => _ = new DiffusionSampler(new MixturePredictor(), card)));
        byte[] file = File.ReadAllBytes(ShippedModels.PathOf("moons"));
        Assert.AreEqual(expected, Message(() => DiffusionSampler.Load(file, new ModelOptions { Card = card })));
    }

    /// <summary>What JSON cannot say, a program can.</summary>
    [TestMethod]
    public void ThatNoFileCanHold_IsRefused()
    {
        StringAssert.Contains(Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { Data = Right.Data with { Scale = [1, double.NaN] } })), "every scale must be between");
        StringAssert.Contains(Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { ClipSample = double.NaN })), "clip_sample_range must be greater than 0");
        StringAssert.Contains(Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { Prediction = (PredictionType)7 })), "there is no prediction type 7");
    }

    private static string Message(Action action) => Assert.ThrowsExactly<DiffusionException>(action).Message;
}
