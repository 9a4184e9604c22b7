using TorchSharp;
using Parameter = TorchSharp.Modules.Parameter;
using static TorchSharp.torch;

namespace Diffusion.Training.Tests.Training;

[TestClass]
public sealed class AdamTests
{
    [TestMethod]
    [DataRow(0.999, 0.0, null)]
    [DataRow(0.99, 0.1, null)]
    [DataRow(0.999, 0.1, 0.5)]
    public void Steps_AreThoseOfTorch(double beta2, double weightDecay, double? largestGradient)
    {
        // Torch's own optimizer and the loss below make temporary Scalars, which the garbage collector must not finalize half way.
        const long AllThatIsAllocated = 1 << 24;
        Assert.IsTrue(GC.TryStartNoGCRegion(AllThatIsAllocated));
        using DisposeScope scope = NewDisposeScope();
        (Parameter ours, Parameter theirs) = (Start(), Start());
        Adam adam = new([ours], beta2, weightDecay, largestGradient);
        optim.Optimizer torchs = optim.AdamW([theirs], beta2: beta2, weight_decay: weightDecay);
        for (int step = 0; step < 50; step++)
        {
            double rate = 0.01 * (1 + (step % 3));
            Loss(ours).backward();
            adam.Step(rate);
            torchs.zero_grad();
            Loss(theirs).backward();
            if (largestGradient is { } largest)
            {
                nn.utils.clip_grad_norm_([theirs], largest);
            }

            foreach (var group in torchs.ParamGroups)
            {
                group.LearningRate = rate;
            }

            torchs.step();
        }

        GC.EndNoGCRegion();

        Assert.IsTrue(allclose(ours, theirs, rtol: 1e-5, atol: 1e-6));
        Assert.IsFalse(allclose(ours, Start(), rtol: 0.05, atol: 0.05));
        Assert.AreEqual(0, ours.grad!.abs().max().item<float>());
    }

    [TestMethod]
    public void AParameterWithoutAPartInTheLoss_Stays()
    {
        using DisposeScope scope = NewDisposeScope();
        (Parameter used, Parameter unused) = (Start(), Start());
        Adam adam = new([used, unused], beta2: 0.999, weightDecay: 0.1, largestGradient: null);
        used.square().sum().backward();
        adam.Step(0.1);
        Assert.IsTrue(unused.equal(Start()).all().item<bool>());
        Assert.IsFalse(used.equal(Start()).all().item<bool>());
    }

    private static Parameter Start() => new(tensor(new float[] { 1, -2, 0.5f, 3, 0, 1e-4f }, [2, 3]));

    /// <summary>Not quadratic, so that gradients of all sizes are met.</summary>
    private static Tensor Loss(Tensor x) => (x.sin() * x).sum() + (x - 1).pow(4).mean();
}
