using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Diffusion;

/// <summary>
/// The text of a <see cref="DiffusionException"/>, written by the compiler from an interpolated string. Numbers are
/// formatted in the invariant culture: a message is the same on every machine.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct DiffusionMessage
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Starts a text; called by the compiler.</summary>
    /// <param name="literalLength">The number of characters outside of holes.</param>
    /// <param name="formattedCount">The number of holes.</param>
    public DiffusionMessage(int literalLength, int formattedCount)
        => _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>Appends the text between two holes.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Appends a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">Its format, as after the colon of a hole; by default the type's own.</param>
    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    /// <summary>Gets the text and releases its buffer.</summary>
    internal string ToStringAndClear() => _text.ToStringAndClear();
}
