using System.Text.Json;
using Diffusion.Data.BuiltIn;

namespace Diffusion.Tests.Support;

/// <summary>Numbers of an independent implementation, in float64: radial_gmm with its exact noise prediction.</summary>
internal static class ReferenceData
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "radial_gmm.json"))).RootElement;

    public static GaussianMixture Mixture { get; } = (GaussianMixture)KnownDataSets.Find("radial_gmm");

    public static double[] Start => Array("x_T");

    /// <summary>All numbers below a path of property names, row by row.</summary>
    public static double[] Array(params string[] path) => [.. Flatten(Find(path))];

    /// <summary>The noise of step k of a run.</summary>
    public static double[] NoiseOf(string run, int step) => [.. Flatten(Find(run, "z")[step])];

    /// <summary>Entry k of an array of arrays.</summary>
    public static double[] Entry(int k, params string[] path) => [.. Flatten(Find(path)[k])];

    private static JsonElement Find(params string[] path) => path.Aggregate(Root, (element, name) => element.GetProperty(name));

    private static IEnumerable<double> Flatten(JsonElement element)
        => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [element.GetDouble()];
}
