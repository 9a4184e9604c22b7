namespace Diffusion;

/// <summary>
/// Something from outside is not usable: a file, a model, an option. The message alone says what was
/// expected, what was found and what to do, on one line that can be shown anywhere (<see cref="PlainText"/>).
/// </summary>
public sealed class DiffusionException : Exception
{
    /// <summary>Longer messages quote much of a file; they lose their middle.</summary>
    private const int LongestMessage = 2_000;

    /// <summary>Creates the exception with its message.</summary>
    public DiffusionException(string message)
        : base(PlainText.Of(message, LongestMessage))
    {
    }

    /// <summary>Creates the exception with its message and what caused it.</summary>
    public DiffusionException(string message, Exception innerException)
        : base(PlainText.Of(message, LongestMessage), innerException)
    {
    }

    /// <summary>Creates the exception with an interpolated message, whose numbers are formatted in the invariant culture.</summary>
    public DiffusionException(DiffusionMessage message)
        : this(message.ToStringAndClear())
    {
    }

    /// <summary>Creates the exception with an interpolated message, whose numbers are formatted in the invariant culture, and what caused
    /// it.</summary>
    public DiffusionException(DiffusionMessage message, Exception innerException)
        : this(message.ToStringAndClear(), innerException)
    {
    }
}
