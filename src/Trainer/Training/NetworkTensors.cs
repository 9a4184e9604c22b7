using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>All that a network keeps: its parameters and buffers, in the order in which it names them.</summary>
internal sealed class NetworkTensors : IDisposable
{
    private readonly Tensor[] _all;

    /// <exception cref="DiffusionException">A parameter is of another type than float32, or there is none to learn.</exception>
    public NetworkTensors(Network network)
    {
        Network = network;
        (string Name, Tensor Value)[] parameters = [.. network.named_parameters().Select(each => (each.name, (Tensor)each.parameter))];
        (string Name, Tensor Value)[] buffers = [.. network.named_buffers().Select(each => (each.name, each.buffer))];
        foreach ((string name, Tensor value) in parameters.Where(each => each.Value.dtype != ScalarType.Float32))
        {
            throw new DiffusionException($"The parameters of a network must be float32; '{name}' is {value.dtype}.");
        }

        if (!parameters.Any(each => each.Value.requires_grad))
        {
            throw new DiffusionException("The network has no parameters to learn. Register its modules and parameters.");
        }

        Parameters = Array.ConvertAll(parameters, each => each.Value);
        Buffers = Array.ConvertAll(buffers, each => each.Value);
        _all = [.. Parameters, .. Buffers];
        Layout = string.Join('\n', [$"{network.Signature}", .. parameters.Concat(buffers).Select(each => Describe(each.Name, each.Value))]);
    }

    /// <summary>The network itself, which this disposes of.</summary>
    public Network Network { get; }

    /// <summary>The parameters.</summary>
    public Tensor[] Parameters { get; }

    /// <summary>The buffers.</summary>
    public Tensor[] Buffers { get; }

    /// <summary>What the network takes and gives, and the name, type and shape of every tensor, a line each.</summary>
    public string Layout { get; }

    /// <summary>Whether no parameter is infinite, and nothing NaN. A buffer may be infinite, as a mask is.</summary>
    public bool IsFinite
    {
        get
        {
            using DisposeScope scope = NewDisposeScope();
            return Parameters.All(parameter => parameter.isfinite().all().item<bool>())
                && !Buffers.Any(buffer => buffer.isnan().any().item<bool>());
        }
    }

    /// <summary>Takes over the values of a network of the same layout.</summary>
    public void CopyFrom(NetworkTensors other)
    {
        using IDisposable noGradient = no_grad();
        foreach ((Tensor target, Tensor source) in _all.Zip(other._all))
        {
            target.copy_(source);
        }
    }

    /// <summary>Writes all values.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (Tensor tensor in _all)
        {
            writer.Write(tensor.bytes);
        }
    }

    /// <summary>Reads all values.</summary>
    /// <exception cref="EndOfStreamException">The file ends too early.</exception>
    public void Load(BinaryReader reader)
    {
        foreach (Tensor tensor in _all)
        {
            reader.BaseStream.ReadExactly(tensor.bytes);
        }
    }

    public void Dispose() => Network.Dispose();

    private static string Describe(string name, Tensor tensor) => $"{name}: {tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
