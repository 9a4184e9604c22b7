using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>Computes modules with tensors: what Torch trains.</summary>
public sealed class TensorNet : INet<TensorValue>
{
    private TensorNet()
    {
    }

    /// <summary>Gets the one instance; it has no state.</summary>
    public static TensorNet Instance { get; } = new();

    /// <summary>Returns tensors as the inputs of a module.</summary>
    /// <param name="tensors">The tensors by their names.</param>
    public static Inputs<TensorValue> Inputs(IReadOnlyDictionary<string, Tensor> tensors)
        => new(tensors.ToDictionary(input => input.Key, input => new TensorValue(input.Value)));

    /// <inheritdoc/>
    public TensorValue Constant(Tensor tensor) => new(tensor);

    /// <inheritdoc/>
    public TensorValue Apply(nn.Module<Tensor, Tensor> layer, TensorValue input)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new TensorValue(layer.call(input.Tensor));
    }

    /// <inheritdoc/>
    public TensorValue Concat(int axis, params IReadOnlyList<TensorValue> values)
        => new(cat([.. values.Select(value => value.Tensor)], axis));
}
