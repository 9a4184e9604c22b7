using Diffusion.Samples;

namespace Diffusion.Tests.Samples;

[TestClass]
public sealed class SampleShapeTests
{
    [TestMethod]
    [DataRow(new[] { 2 }, 2, false, "[2]")]
    [DataRow(new[] { 65_536 }, 65_536, false, "[65536]")]
    [DataRow(new[] { 1, 28, 28 }, 784, true, "[1, 28, 28]")]
    [DataRow(new[] { 784, 1, 1 }, 784, true, "[784, 1, 1]")]
    [DataRow(new[] { 1, 256, 256 }, 65_536, true, "[1, 256, 256]")]
    public void AShape_IsItsLengths(int[] lengths, int size, bool isImage, string text)
    {
        SampleShape shape = SampleShape.FromLengths(lengths);
        CollectionAssert.AreEqual(lengths, shape.Lengths.ToArray());
        Assert.AreEqual((size, isImage, text), (shape.Size, shape.IsImage, shape.ToString()));
        Assert.AreEqual(shape, isImage ? SampleShape.Image(lengths[0], lengths[1], lengths[2]) : SampleShape.Vector(lengths[0]));
        Assert.AreNotEqual(shape, isImage ? SampleShape.Vector(size) : SampleShape.Image(size, 1, 1));
    }

    [TestMethod]
    [DataRow("[0]", 0)]
    [DataRow("[-1]", -1)]
    [DataRow("[65537]", 65_537)]
    [DataRow("[1, 0, 28]", 1, 0, 28)]
    [DataRow("[-1, -1, 28]", -1, -1, 28)]
    [DataRow("[2, 256, 256]", 2, 256, 256)]
    [DataRow("[4194304, 4194304, 1048576]", 1 << 22, 1 << 22, 1 << 20)]
    public void LengthsOutOfRange_AreRefused(string found, params int[] lengths) => Assert.AreEqual(
        $"Every length of the shape of a sample must be at least 1, and their product at most 65536; was {found}.",
        Assert.ThrowsExactly<DiffusionException>(() => SampleShape.FromLengths(lengths)).Message);

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    [DataRow(4)]
    public void OtherNumbersOfAxes_AreRefused(int count) => Assert.AreEqual(
        $"The shape of a sample must have 1 or 3 axes; found {count}.",
        Assert.ThrowsExactly<DiffusionException>(() => SampleShape.FromLengths([.. Enumerable.Repeat(1, count)])).Message);
}
