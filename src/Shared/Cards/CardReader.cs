using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Diffusion.Cards;

/// <summary>Reads the JSON of a card, and says what is wrong with it in words that need no knowledge of .NET.</summary>
internal static partial class CardReader
{
    /// <summary>Reads an object.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="type">What it is read as.</param>
    /// <param name="place">What to call it in messages.</param>
    /// <exception cref="DiffusionException">It is no JSON, or the JSON of something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string place)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new DiffusionException($"{place}: expected a JSON object; found null.");
        }
        catch (JsonException exception)
        {
            throw new DiffusionException($"{place}: {Describe(exception)}", exception);
        }
    }

    private static string Describe(JsonException exception)
    {
        Match unknown = Unknown().Match(exception.Message);
        if (unknown.Success)
        {
            return $"the key '{unknown.Groups[1].Value}' is unknown and might change the samples.";
        }

        Match converted = Converted().Match(exception.Message);
        return !converted.Success ? TypeName().Replace(exception.Message, "")
            : Kind(converted.Groups[1].Value) is { } kind ? $"{exception.Path} must be {kind}; found another type."
            : $"{exception.Path} has a value of the wrong type or is damaged.";
    }

    private static string? Kind(string type) => type switch
    {
        "System.Int32" or "System.Int64" or "System.UInt64" => "a whole number",
        "System.Single" or "System.Double" => "a number",
        "System.Boolean" => "true or false",
        "System.String" => "a string",
        _ => null,
    };

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?([\w.]*\w)")]
    private static partial Regex Converted();

    [GeneratedRegex(@"The JSON property '(.*)' could not be mapped to any \.NET member")]
    private static partial Regex Unknown();

    [GeneratedRegex(@" (?:for|on) type '[^']*'")]
    private static partial Regex TypeName();
}
