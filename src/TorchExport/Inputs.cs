namespace Diffusion.TorchExport;

/// <summary>The inputs of a module by their names.</summary>
/// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
/// <param name="values">The values by their names.</param>
public sealed class Inputs<T>(IReadOnlyDictionary<string, T> values)
{
    /// <summary>Gets an input.</summary>
    /// <param name="name">The name of the input.</param>
    /// <exception cref="ArgumentException">There is no input of that name.</exception>
    public T this[string name] => values.TryGetValue(name, out T? value)
        ? value
        : throw new ArgumentException(
            $"The module uses an input '{name}', which it is not given; found: {string.Join(", ", values.Keys)}.", nameof(name));
}
