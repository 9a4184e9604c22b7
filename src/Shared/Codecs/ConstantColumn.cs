using System.Text.Json.Serialization;

namespace Diffusion.Codecs;

/// <summary>A column that is always the same. The network does not see it; tables of samples have it in its place.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConstantColumn
{
    /// <summary>Gets its position in the table, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Gets its name, or null where columns have none.</summary>
    public string? Name { get; init; }

    /// <summary>Gets its value.</summary>
    public required double Value { get; init; }
}
