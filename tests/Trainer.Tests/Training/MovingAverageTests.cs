using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training.Tests.Training;

[TestClass]
public sealed class MovingAverageTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Cosine(10);
    private static readonly DenoiserSignature Signature = new(SampleShape.Vector(1));

    /// <summary>Those of a batch normalisation are floats, which are averaged, and a whole number, which is copied.</summary>
    [TestMethod]
    public void Buffers_AreAveraged_AndCopiedWhereTheyHaveNoMean()
    {
        using NetworkTensors network = new(new TestNetwork(Signature, Schedule, isRich: true));
        using NetworkTensors twin = new(new TestNetwork(Signature, Schedule, isRich: true));
        MovingAverage average = new(network, twin, decay: 0.999);
        Tensor[] mean = Named("running_mean");
        Tensor[] count = Named("num_batches_tracked");
        Scalar eight = 8;
        mean[0].fill_(eight);
        count[0].fill_(eight);
        average.Update(0);
        Assert.AreEqual(8 * 0.9f, mean[1][0].item<float>(), 1e-6);
        Assert.AreEqual(8, count[1].item<long>());
        average.Update(1);
        Assert.AreEqual(8 * (1 - (0.1f * 2 / 11)), mean[1][0].item<float>(), 1e-6);
        Tensor[] infinite = Named("mask");
        Assert.AreEqual((0, float.NegativeInfinity), (infinite[1][0].item<float>(), infinite[1][1].item<float>()));

        Tensor[] Named(string name) => [In(network, name), In(twin, name)];

        static Tensor In(NetworkTensors tensors, string name)
            => tensors.Network.named_buffers().Single(buffer => buffer.name.EndsWith(name, StringComparison.Ordinal)).buffer;
    }
}
