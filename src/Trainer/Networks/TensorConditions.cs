using Diffusion.Cards;
using static TorchSharp.torch;

namespace Diffusion.Training.Networks;

/// <summary>The conditions of n samples as tensors.</summary>
/// <param name="Labels">The class labels, int64 <c>[n]</c>; null for a network without.</param>
/// <param name="Given">The given values, <c>[n, …shape]</c>; null for a network without.</param>
/// <param name="Mask">1 where a value is given, 0 elsewhere, <c>[n, …shape]</c>; null for a network without.</param>
public sealed record TensorConditions(Tensor? Labels = null, Tensor? Given = null, Tensor? Mask = null)
{
    /// <summary>Returns those that are there, by the names of <see cref="NetworkInputs"/>.</summary>
    internal IReadOnlyDictionary<string, Tensor> ByName()
    {
        Dictionary<string, Tensor> named = [];
        Add(NetworkInputs.ClassLabels, Labels);
        Add(NetworkInputs.Given, Given);
        Add(NetworkInputs.GivenMask, Mask);
        return named;

        void Add(string name, Tensor? tensor)
        {
            if (tensor is not null)
            {
                named[name] = tensor;
            }
        }
    }
}
