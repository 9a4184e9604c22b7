using static TorchSharp.torch;

namespace Diffusion.Trainer.Tests.Networks;

internal static class NetworkWeights
{
    /// <summary>A copy of a parameter of a network, as it is now.</summary>
    public static float[] Weights(this nn.Module network, string name) => network.get_parameter(name)!.data<float>().ToArray();
}
