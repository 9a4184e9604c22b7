using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>The idle bindings of a session: as many as threads have run at the same time, for the sizes that they ran.</summary>
internal sealed class OnnxBindings(InferenceSession session, int dimension) : IDisposable
{
    /// <summary>More idle ones than this are not kept: whoever runs so many sizes pays for new ones.</summary>
    private const int MostIdle = 128;

    private readonly List<OnnxBinding> _idle = [];
    private readonly Lock _lock = new();

    /// <summary>A binding for a number of points, for the caller alone until it is given back.</summary>
    public OnnxBinding Take(int count)
    {
        int capacity = OnnxBinding.CapacityFor(count);
        lock (_lock)
        {
            for (int k = _idle.Count - 1; k >= 0; k--)
            {
                if (_idle[k].Capacity == capacity)
                {
                    OnnxBinding found = _idle[k];
                    _idle.RemoveAt(k);
                    return found;
                }
            }
        }

        return new OnnxBinding(session, capacity, dimension);
    }

    /// <summary>Takes a binding back; the one that has been idle for longest makes room.</summary>
    public void Return(OnnxBinding binding)
    {
        OnnxBinding? oldest = null;
        lock (_lock)
        {
            if (_idle.Count == MostIdle)
            {
                oldest = _idle[0];
                _idle.RemoveAt(0);
            }

            _idle.Add(binding);
        }

        oldest?.Dispose();
    }

    public void Dispose() => _idle.ForEach(binding => binding.Dispose());
}
