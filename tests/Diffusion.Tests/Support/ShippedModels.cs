using Diffusion.Data.BuiltIn;
using Diffusion.Sampling;

namespace Diffusion.Tests.Support;

/// <summary>The models that the repository ships, one for each data set.</summary>
internal static class ShippedModels
{
    public static IEnumerable<string> Names => KnownDataSets.All.Select(set => set.Name);

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Models", $"{name}.onnx");

    public static DiffusionSampler Load(string name) => DiffusionSampler.Load(PathOf(name));
}
