using System.Globalization;

namespace Diffusion.Cli;

/// <summary>Numbers between commas, as options take them.</summary>
internal static class NumberList
{
    /// <summary>The numbers of a list.</summary>
    /// <param name="list">The text.</param>
    /// <param name="option">The option, for messages.</param>
    /// <param name="example">A good list, for messages.</param>
    /// <exception cref="DiffusionException">A word is no number.</exception>
    public static double[] Parse(string list, string option, string example)
        => Array.ConvertAll(list.Split(',', StringSplitOptions.TrimEntries), word =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new DiffusionException($"{option} must be numbers separated by commas, such as {example}; found '{word}'."));
}
