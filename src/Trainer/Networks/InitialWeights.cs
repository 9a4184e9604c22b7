using Diffusion.Randomness;
using TorchSharp;
using TorchSharp.Modules;

namespace Diffusion.Training.Networks;

/// <summary>Weights to start from: uniform within ±1/√(inputs), as torch.nn.Linear draws them, from our own random numbers.</summary>
internal static class InitialWeights
{
    /// <summary>Overwrites the weights of all linear layers of a network.</summary>
    public static void Draw(torch.nn.Module network, ulong seed)
    {
        PhiloxUniform uniform = new(seed, RandomDomain.Weights);
        uint stream = 0;
        foreach (Linear layer in network.modules().OfType<Linear>())
        {
            double bound = 1 / Math.Sqrt(layer.weight!.shape[1]);
            foreach (Parameter parameter in layer.parameters())
            {
                float[] values = new float[parameter.numel()];
                uniform.Fill(stream++, 0, values);
                using torch.Tensor drawn = torch.tensor(
                    Array.ConvertAll(values, value => (float)(bound * ((2 * value) - 1))), parameter.shape);
                using (torch.no_grad())
                {
                    parameter.copy_(drawn);
                }
            }
        }
    }
}
