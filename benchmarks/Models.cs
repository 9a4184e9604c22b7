using Diffusion.Sampling;

namespace Diffusion.Benchmarks;

/// <summary>The shipped model that is measured, of the default size.</summary>
internal static class Models
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Models", "moons.onnx");

    public static DiffusionSampler Load(ModelOptions? options = null) => DiffusionSampler.Load(Path, options);
}
