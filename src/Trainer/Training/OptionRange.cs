namespace Diffusion.Training;

/// <summary>The check of an option where it is set, so that no options out of range exist.</summary>
internal static class OptionRange
{
    /// <summary>Returns a value that is in range.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isValid">Whether it is in range.</param>
    /// <param name="what">What the value is, after "The".</param>
    /// <param name="range">What it must be.</param>
    /// <exception cref="DiffusionException">The value is out of range.</exception>
    public static T Require<T>(T value, bool isValid, string what, string range)
        => isValid ? value : throw new DiffusionException($"The {what} must be {range}; was {value}.");
}
