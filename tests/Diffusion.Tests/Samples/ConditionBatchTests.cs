using Diffusion.Samples;

namespace Diffusion.Tests.Samples;

[TestClass]
public sealed class ConditionBatchTests
{
    private const int Size = 2;
    private static readonly ConditionSignature Labels = new(3);
    private static readonly ConditionSignature Given = new(TakesGiven: true);
    private static readonly ConditionSignature Both = new(3, TakesGiven: true);

    [TestMethod]
    public void ASlice_IsTheConditionsOfThoseSamples()
    {
        ConditionBatch expected = new(2)
        {
            Labels = new long[] { 1, 2 }, Given = new float[] { 2, 3, 4, 5 }, Mask = new float[] { 0, 1, 1, 0 },
        };
        ConditionBatch slice = Whole().Slice(1, 2);
        Assert.AreEqual(expected, slice);
        Assert.AreEqual(expected.GetHashCode(), slice.GetHashCode());
        Assert.AreNotEqual(expected, Whole().Slice(0, 2));
        slice.Validate(Both, Size);
        Assert.AreEqual(ConditionBatch.OfLabel(2, 7), ConditionBatch.OfLabel(5, 7).Slice(3, 2));
        Assert.AreEqual(new ConditionBatch(0), new ConditionBatch(0).Slice(0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Whole().Slice(3, 2));
    }

    [TestMethod]
    public void WhatANetworkTakes_IsAccepted()
    {
        Whole().Validate(Both, Size);
        ConditionBatch.OfLabel(4, Labels.NoLabel).Validate(Labels, Size);
        new ConditionBatch(4) { Given = new float[8], Mask = new float[8] }.Validate(Given, Size);
        new ConditionBatch(4).Validate(default, Size);
    }

    [TestMethod]
    public void WhatANetworkDoesNotTake_IsRefused()
    {
        AssertRefused("The network takes 4 class labels for 4 samples; found 0.", new ConditionBatch(4), Labels);
        AssertRefused("The network takes 0 class labels for 4 samples; found 4.", ConditionBatch.OfLabel(4, 0), Given);
        AssertRefused("The network takes 4 class labels for 4 samples; found 3.", new ConditionBatch(4) { Labels = new long[3] }, Labels);
        AssertRefused("The network takes 8 given values for 4 samples; found 0.", ConditionBatch.OfLabel(4, 0), Both);
        AssertRefused(
            "The network takes 8 mask values for 4 samples; found 4.",
            new ConditionBatch(4) { Given = new float[8], Mask = new float[4] },
            Given);
        AssertRefused("The network takes 0 given values for 4 samples; found 8.", Whole(), Labels);
        AssertRefused("A class label must be between 0 and 3 (none); was 4.", ConditionBatch.OfLabel(4, 4), Labels);
        AssertRefused("A class label must be between 0 and 3 (none); was -1.", ConditionBatch.OfLabel(4, -1), Labels);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = new ConditionBatch(-1));
    }

    private static ConditionBatch Whole() => new(4)
    {
        Labels = new long[] { 0, 1, 2, 3 }, Given = new float[] { 0, 1, 2, 3, 4, 5, 6, 7 }, Mask = new float[] { 1, 0, 0, 1, 1, 0, 1, 1 },
    };

    private static void AssertRefused(string message, ConditionBatch conditions, ConditionSignature signature)
        => Assert.AreEqual(message, Assert.ThrowsExactly<DiffusionException>(() => conditions.Validate(signature, Size)).Message);
}
