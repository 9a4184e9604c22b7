using Diffusion.TorchExport;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training.Tests.Architecture;

/// <summary>Every Scalar of the trainer and of the export is held in a field; docs/extending.md says why.</summary>
[TestClass]
public sealed class HeldScalarTests
{
    private static readonly TemporaryScalars Temporary = new();

    [TestMethod]
    [DataRow(typeof(Trainer))]
    [DataRow(typeof(PortableModule))]
    public void TheTrainerAndTheExport_MakeNoTemporaryScalar(Type type)
        => Assert.AreEqual("", string.Join('\n', Temporary.In(type.Assembly.Location)));

    /// <summary>Guards the test above: it names each of the wrong methods below, and none of the right ones.</summary>
    [TestMethod]
    public void WrongMethods_AreFound_AndRightOnesAreNot()
    {
        string[] found = [.. Temporary.In(typeof(Wrong).Assembly.Location, typeof(Wrong)).Select(place => place.Split(':')[0]).Distinct()];
        string[] expected = [.. typeof(Wrong).GetMethods()
            .Where(method => method.DeclaringType == typeof(Wrong))
            .Select(method => $"{nameof(Wrong)}.{method.Name}")];
        CollectionAssert.AreEquivalent(expected, found);
        Assert.HasCount(10, found);
        Assert.IsEmpty(Temporary.In(typeof(Right).Assembly.Location, typeof(Right)));
    }

    private static class Wrong
    {
        public static Tensor Sum(Tensor x, Tensor y) => x + y;

        public static Tensor SumInPlace(Tensor x, Tensor y) => x.add_(y);

        public static Tensor PlusOne(Tensor x) => x + 1;

        public static Tensor Share(Tensor x) => x / x.shape[0];

        public static Tensor Clamped(Tensor x) => x.clamp(0, x.shape[0]);

        public static Tensor Square(Tensor x) => x.pow(2);

        public static Tensor Twice(Tensor x)
        {
            Scalar two = 2;
            return x.mul(two);
        }

        public static Tensor Half(Tensor x) => x.mul(0.5f.ToScalar());

        public static Tensor Indices(int count) => arange(count);

        public static Tensor Scaled(Tensor x, Tensor scale) => x.mul(scale.ToScalar());
    }

    private sealed class Right
    {
        private static readonly Scalar One = 1;
        private readonly Scalar _last;

        public Right(int count) => _last = count - 1;

        public static Tensor Sum(Tensor x, Tensor y) => x.add(y, One);

        public static Tensor PlusOne(Tensor x) => x.add(One, One);

        public static Tensor Difference(Tensor x, Tensor y) => x - y;

        public static Tensor Product(Tensor x, Tensor y) => x * y;

        public Tensor Clamped(Tensor x) => x.clamp_max(_last);
    }
}
