namespace Diffusion.Rendering;

/// <summary>What has to be disposed, in one place: if one of several things cannot be made, those made before are disposed.</summary>
internal sealed class Owner : IDisposable
{
    private readonly Stack<IDisposable> _owned = [];

    /// <summary>Keeps something until the owner is disposed.</summary>
    public T Keep<T>(T made)
        where T : IDisposable
    {
        _owned.Push(made);
        return made;
    }

    /// <summary>Disposes everything, the newest first.</summary>
    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? made))
        {
            made.Dispose();
        }
    }
}
