using Diffusion.Samples;
using Diffusion.Training.Data;

namespace Diffusion.Training.Tests.Data;

[TestClass]
public sealed class LabelDropoutTests
{
    private const int Count = 50_000;
    private const int Classes = 5;

    /// <summary>Sample i has the value i and a label that follows from it.</summary>
    private static readonly FixedSamples Source = new(
        new SampleBatch(Enumerable.Range(0, 100).Select(i => (float)i).ToArray(), SampleShape.Vector(1)),
        new ConditionBatch(100) { Labels = Enumerable.Range(0, 100).Select(i => (long)(i % Classes)).ToArray() },
        new ConditionSignature(Classes));

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.1)]
    [DataRow(1.0)]
    public void SoManyLabelsAreDropped_AndTheOthersStayWithTheirSamples(double probability)
    {
        CleanBatch batch = new LabelDropout(Source, probability).Draw(seed: 3, first: 0, Count);
        long[] labels = batch.Conditions.Labels.ToArray();
        int dropped = labels.Count(label => label == Classes);
        Assert.AreEqual(probability, (double)dropped / Count, 4 * Math.Sqrt(probability * (1 - probability) / Count));
        Assert.IsTrue(Enumerable.Range(0, Count).All(i => labels[i] == Classes || labels[i] == (long)batch.Samples[i][0] % Classes));
        CollectionAssert.AreEqual(Source.Draw(3, 0, Count).Samples.Values.ToArray(), batch.Samples.Values.ToArray());
    }

    [TestMethod]
    public void ASample_IsAFunctionOfTheSeedAndItsNumber()
    {
        foreach (IBatchSource source in new[] { Source, Source.WithReplacement(), new LabelDropout(Source, 0.3) })
        {
            CleanBatch whole = source.Draw(7, 0, 1_000);
            CleanBatch part = source.Draw(7, 730, 120);
            CollectionAssert.AreEqual(whole.Samples.Slice(730, 120).Values.ToArray(), part.Samples.Values.ToArray());
            CollectionAssert.AreEqual(whole.Conditions.Slice(730, 120).Labels.ToArray(), part.Conditions.Labels.ToArray());
            CollectionAssert.AreNotEqual(whole.Conditions.Labels.ToArray(), source.Draw(8, 0, 1_000).Conditions.Labels.ToArray());
        }
    }

    [TestMethod]
    public void ASourceWithoutLabels_StaysAsItIs()
    {
        FixedSamples points = new(new SampleBatch(new float[] { 1, 2 }, SampleShape.Vector(1)), new ConditionBatch(2), default);
        Assert.IsTrue(new LabelDropout(points, 1).Draw(1, 0, 5).Conditions.Labels.IsEmpty);
    }

    [TestMethod]
    public void ConditionsThatDoNotFitTheSamples_AreRefused()
    {
        SampleBatch two = new(new float[] { 1, 2 }, SampleShape.Vector(1));
        Assert.ThrowsExactly<ArgumentException>(() => new FixedSamples(two, ConditionBatch.OfLabel(3, 0), new ConditionSignature(1)));
        Assert.ThrowsExactly<DiffusionException>(() => new FixedSamples(two, ConditionBatch.OfLabel(2, 2), new ConditionSignature(1)));
        Assert.ThrowsExactly<ArgumentException>(() => new FixedSamples(two.Slice(0, 0), new ConditionBatch(0), default));
    }
}
