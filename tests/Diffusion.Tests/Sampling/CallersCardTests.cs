using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

/// <summary>A card that a program supplies keeps the rules of a card in a file, and is refused in the same words.</summary>
[TestClass]
public sealed class CallersCardTests
{
    private static readonly ModelCard Right = MixturePredictor.Card;

    private static readonly ModelCard[] Wrong =
    [
        Right with { Data = Right.Data with { Dimension = 0 } },
        Right with { Data = Right.Data with { Name = "../x" } },
        Right with { Data = Right.Data with { Scale = [1] } },
        Right with { Data = Right.Data with { Scale = [1, 0] } },
        Right with { Data = Right.Data with { Scale = [1, 1e31] } },
        Right with { Data = Right.Data with { Shift = [1, 1e31] } },
        Right with { Data = Right.Data with { Columns = ["x"] } },
        Right with { Data = Right.Data with { Columns = ["x", null!] } },
        Right with { Data = Right.Data with { Constants = [null!] } },
        Right with { Data = Right.Data with { Constants = [new ConstantColumn { Position = 3, Value = 1 }] } },
        Right with { Data = Right.Data with { Constants = [new ConstantColumn { Position = 0, Name = "c", Value = 1 }] } },
        Right with { ClipSample = 0 },
        Right with { ClipSample = -1.5 },
    ];

    /// <summary>By their numbers, as such a card cannot be written out for the name of a test.</summary>
    public static IEnumerable<object[]> WrongCards => Enumerable.Range(0, Wrong.Length).Select(k => new object[] { k });

    [TestMethod]
    [DynamicData(nameof(WrongCards))]
    public void IsRefused_AsInAFile(int number)
    {
        ModelCard card = Wrong[number];
        string expected = Message(() => ModelCard.FromMetadata(card.ToMetadata(), "the model"));
        Assert.AreEqual(expected, Message(() => _ = new DiffusionSampler(new MixturePredictor(), card)));
        byte[] file = File.ReadAllBytes(ShippedModels.PathOf("moons"));
        Assert.AreEqual(expected, Message(() => DiffusionSampler.Load(file, new ModelOptions { Card = card })));
    }

    /// <summary>What JSON cannot say, a program can.</summary>
    [TestMethod]
    public void ThatNoFileCanHold_IsRefused()
    {
        StringAssert.Contains(
            Message(
                () => _ = new DiffusionSampler(new MixturePredictor(), Right with { Data = Right.Data with { Scale = [1, double.NaN] } })),
            "every scale must be between");
        StringAssert.Contains(
            Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { ClipSample = double.NaN })),
            "clip_sample_range must be greater than 0");
        StringAssert.Contains(
            Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { Prediction = (PredictionType)7 })),
            "there is no prediction type 7");
        StringAssert.Contains(
            Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { Variance = (DdpmVariance)7 })),
            "there is no variance 7");
        DataInfo infinite = Right.Data with { Constants = [new ConstantColumn { Position = 0, Value = double.PositiveInfinity }] };
        StringAssert.Contains(
            Message(() => _ = new DiffusionSampler(new MixturePredictor(), Right with { Data = infinite })),
            "every constant must be a finite number");
    }

    /// <summary>A file would hold another bound, another reach or none at all.</summary>
    [TestMethod]
    [DataRow(5.0, 0.9, 10.0, "needs the bound 1 and a reach greater than that; found the bound 5 and the reach 10.")]
    [DataRow(null, 0.9, 10.0, "needs the bound 1 and a reach greater than that; found the bound none and the reach 10.")]
    [DataRow(1.0, 0.9, 1.0, "found the bound 1 and the reach 1.")]
    [DataRow(1.0, 0.9, double.NaN, "found the bound 1 and the reach NaN.")]
    [DataRow(1.0, 0.9, double.PositiveInfinity, "sample_max_value must be at least 1")]
    [DataRow(1.0, double.NaN, 2.0, "dynamic_thresholding_ratio must be between 0 and 1")]
    public void ThresholdingThatNoFileCanHold_IsRefused(double? bound, double percentile, double reach, string message)
    {
        ModelCard card = Right with { ClipSample = bound, Thresholding = new DynamicThresholding(percentile, reach) };
        StringAssert.Contains(Message(() => _ = new DiffusionSampler(new MixturePredictor(), card)), message);
    }

    /// <summary>A card that is accepted gives the same points when it comes back from a file.</summary>
    [TestMethod]
    [DataRow(null, null)]
    [DataRow(0.5, null)]
    [DataRow(1.0, null)]
    [DataRow(1.0, 1.2)]
    public void ThatIsAccepted_SamplesAlike_OnceReadBack(double? bound, double? reach)
    {
        ModelCard card = Right with
        {
            ClipSample = bound,
            Thresholding = reach is { } largest ? new DynamicThresholding(0.9, largest) : null,
            Variance = DdpmVariance.Posterior,
        };
        ModelCard read = ModelCard.FromMetadata(card.ToMetadata(), "m");
        Assert.AreEqual((card.ClipSample, card.Thresholding, card.Variance), (read.ClipSample, read.Thresholding, read.Variance));
        CollectionAssert.AreEqual(Points(card), Points(read));

        static float[] Points(ModelCard card)
        {
            using DiffusionSampler sampler = new(new MixturePredictor(), card);
            return sampler.Sample(new SamplingJob { Count = 20, Plan = sampler.CreatePlan(steps: 5) }).Values.ToArray();
        }
    }

    /// <summary>The schedule of a card is built once, whoever the card comes from.</summary>
    [TestMethod]
    public void ALoad_ChecksTheCardOnce()
    {
        ModelCard card = Right with { Schedule = NoiseSchedule.Linear(NoiseSchedule.LargestTrainTimesteps) };
        byte[] model = CardedNetwork.Bytes(File.ReadAllBytes(ShippedModels.PathOf("moons")), card);
        long once = Allocated(() => _ = ModelCard.FromMetadata(card.ToMetadata(), "m"));
        ModelOptions callers = new() { Card = card };
        Assert.IsLessThan(1.5 * once, Allocated(() => DiffusionSampler.Load(model).Dispose()), "the card of the file");
        Assert.IsLessThan(1.5 * once, Allocated(() => DiffusionSampler.Load(model, callers).Dispose()), "the caller's card");
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Message(Action action) => Assert.ThrowsExactly<DiffusionException>(action).Message;
}
