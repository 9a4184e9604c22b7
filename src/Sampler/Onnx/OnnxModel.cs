using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>An open model that many threads may run at the same time; it is released once the runs under way have ended.</summary>
/// <param name="session">The session, owned from now on.</param>
/// <param name="source">What to call the model in messages.</param>
/// <param name="bound">What is bound to the session and released before it.</param>
internal sealed class OnnxModel(InferenceSession session, string source, IDisposable? bound = null) : IDisposable
{
    /// <summary>Held for reading while the session runs, for writing while it is released.</summary>
    private readonly ReaderWriterLockSlim _life = new();

    private bool _isReleased;

    public InferenceSession Session => session;

    /// <summary>Keeps the session from being released until the lease is disposed, on the same thread.</summary>
    /// <param name="owner">What the caller knows the model as.</param>
    /// <exception cref="ObjectDisposedException">The session was released before.</exception>
    public Lease Use(object owner)
    {
        _life.EnterReadLock();
        if (_isReleased)
        {
            _life.ExitReadLock();
            ObjectDisposedException.ThrowIf(true, owner);
        }

        return new Lease(_life);
    }

    /// <summary>Releases the session; a second time does nothing.</summary>
    public void Dispose()
    {
        _life.EnterWriteLock();
        try
        {
            if (!_isReleased)
            {
                _isReleased = true;
                bound?.Dispose();
                session.Dispose();
            }
        }
        finally
        {
            _life.ExitWriteLock();
        }
    }

    /// <summary>What to throw when a run has failed.</summary>
    public DiffusionException Explain(OnnxRuntimeException exception)
        => new($"'{source}' cannot be run: {OnnxSession.Reason(exception)}", exception);

    public readonly ref struct Lease(ReaderWriterLockSlim life)
    {
        public void Dispose() => life.ExitReadLock();
    }
}
