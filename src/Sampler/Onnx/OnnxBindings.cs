using Diffusion.Denoising;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>The idle bindings of a session, for the sizes that its threads ran; as many as fit into 64 MiB.</summary>
internal sealed class OnnxBindings(InferenceSession session, DenoiserSignature signature) : IDisposable
{
    /// <summary>The most memory that idle bindings may take, in bytes.</summary>
    internal const long MostIdleBytes = 64 << 20;

    private readonly List<OnnxBinding> _idle = [];
    private readonly Lock _lock = new();

    /// <summary>Gets the memory that idle bindings take, in bytes.</summary>
    internal long IdleBytes { get; private set; }

    /// <summary>A binding for a number of samples, for the caller alone until it is given back.</summary>
    public OnnxBinding Take(int count)
    {
        int capacity = OnnxBinding.CapacityFor(count, signature.Shape);
        lock (_lock)
        {
            for (int k = _idle.Count - 1; k >= 0; k--)
            {
                if (_idle[k].Capacity == capacity)
                {
                    OnnxBinding found = _idle[k];
                    Remove(k);
                    return found;
                }
            }
        }

        return new OnnxBinding(session, capacity, signature);
    }

    /// <summary>Takes a binding back; those that have been idle for longest make room. One that is larger than all the room is not
    /// kept, and no other makes room for it.</summary>
    public void Return(OnnxBinding binding)
    {
        if (binding.Bytes > MostIdleBytes)
        {
            binding.Dispose();
            return;
        }

        lock (_lock)
        {
            _idle.Add(binding);
            IdleBytes += binding.Bytes;
            while (IdleBytes > MostIdleBytes)
            {
                OnnxBinding oldest = _idle[0];
                Remove(0);
                oldest.Dispose();
            }
        }
    }

    private void Remove(int k)
    {
        IdleBytes -= _idle[k].Bytes;
        _idle.RemoveAt(k);
    }

    public void Dispose() => _idle.ForEach(binding => binding.Dispose());
}
