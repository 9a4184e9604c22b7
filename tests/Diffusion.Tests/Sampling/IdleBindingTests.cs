using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Tests.Sampling;

/// <summary>Large arrays are made here, so nothing that measures memory runs meanwhile.</summary>
[TestClass]
[DoNotParallelize]
public sealed class IdleBindingTests
{
    private const int Dimension = 2;
    private static readonly DenoiserSignature Signature = new(SampleShape.Vector(Dimension));

    [TestMethod]
    public void OfManySizes_StayWithinTheirBytes_AndTheNewestAreKept()
    {
        using InferenceSession session = OnnxSession.Open(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons", options: null).Session;
        using OnnxBindings bindings = new(session, Signature);
        long most = 0;
        for (int count = 100_000; count < 400_000; count += 10_000)
        {
            bindings.Return(bindings.Take(count));
            most = Math.Max(most, bindings.IdleBytes);
        }

        Assert.IsLessThanOrEqualTo(OnnxBindings.MostIdleBytes, most);
        Assert.IsGreaterThan(OnnxBindings.MostIdleBytes / 2, most);
        long before = bindings.IdleBytes;
        OnnxBinding newest = bindings.Take(390_000);
        Assert.AreEqual(before - newest.Bytes, bindings.IdleBytes, "the newest was kept");
        bindings.Return(newest);
        Assert.AreEqual(before, bindings.IdleBytes);
    }

    /// <summary>Bindings of few points are bounded as well: each counts for what ONNX Runtime keeps for it.</summary>
    [TestMethod]
    public void ABindingOfFewPoints_IsNotFree_AndOneBeyondTheBoundIsNotKept_NorMakesRoomForItself()
    {
        using InferenceSession session = OnnxSession.Open(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons", options: null).Session;
        using OnnxBindings bindings = new(session, Signature);
        bindings.Return(bindings.Take(1));
        long small = bindings.IdleBytes;
        Assert.IsGreaterThan(1_000, small);
        bindings.Return(bindings.Take((int)(OnnxBindings.MostIdleBytes / (2 * sizeof(float) * Dimension))));
        Assert.AreEqual(small, bindings.IdleBytes);
    }
}
