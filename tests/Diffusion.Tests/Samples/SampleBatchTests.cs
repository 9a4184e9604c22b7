using Diffusion.Points;
using Diffusion.Samples;

namespace Diffusion.Tests.Samples;

[TestClass]
public sealed class SampleBatchTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 24).Select(k => (float)k)];

    [TestMethod]
    public void Samples_LieOneAfterTheOther()
    {
        SampleBatch batch = new(Values, SampleShape.Image(1, 2, 3));
        Assert.AreEqual(4, batch.Count);
        CollectionAssert.AreEqual(Values[6..12], batch[1].ToArray());
        CollectionAssert.AreEqual(Values, batch.AsMemory().ToArray());
    }

    [TestMethod]
    public void ASlice_IsThoseSamples_InTheSameMemory()
    {
        float[] values = [.. Values];
        SampleBatch slice = new SampleBatch(values, SampleShape.Vector(3)).Slice(2, 4);
        Assert.AreEqual(new SampleBatch(Values.AsMemory(6, 12), SampleShape.Vector(3)), slice);
        values[6] = -1;
        Assert.AreEqual(-1, slice[0][0]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => slice.Slice(1, 4));
    }

    [TestMethod]
    public void Batches_AreEqual_WithTheSameValuesAndShape()
    {
        SampleBatch batch = new(Values, SampleShape.Vector(2));
        SampleBatch same = new((float[])[.. Values], SampleShape.Vector(2));
        Assert.AreEqual(batch, same);
        Assert.AreEqual(batch.GetHashCode(), same.GetHashCode());
        Assert.AreNotEqual(batch, new SampleBatch(Values, SampleShape.Vector(3)));
        Assert.AreNotEqual(batch, new SampleBatch(Values.AsMemory(2), SampleShape.Vector(2)));
        Assert.AreNotEqual(batch, new SampleBatch((float[])[.. Values[..^1], 0], SampleShape.Vector(2)));
        Assert.AreEqual(0, new SampleBatch(default, SampleShape.Vector(2)).Count);
    }

    [TestMethod]
    public void ValuesThatDoNotFitTheShape_AreRefused()
    {
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => _ = new SampleBatch(Values, SampleShape.Vector(5))).Message,
            "The number of values must be a multiple of 5, for samples of the shape [5]; was 24.");
        Assert.ThrowsExactly<ArgumentException>(() => _ = new SampleBatch(Values, default));
    }

    [TestMethod]
    public void PointsOfSamples_AreACopy()
    {
        float[] values = [.. Values];
        PointSet points = PointSet.FromSamples(new SampleBatch(values, SampleShape.Vector(2)));
        values[0] = -1;
        Assert.AreEqual((12, 2), (points.Count, points.Dimension));
        CollectionAssert.AreEqual(Values, points.Values.ToArray());
    }
}
