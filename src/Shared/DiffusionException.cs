namespace Diffusion;

/// <summary>
/// Something from outside is not usable: a file, a model, an option. The message alone says what was
/// expected, what was found and what to do.
/// </summary>
public sealed class DiffusionException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    public DiffusionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and what caused it.</summary>
    public DiffusionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
