namespace Diffusion.Training.Networks;

/// <summary>The names of what a network takes and gives, in Torch and in its .onnx file; those of diffusers.</summary>
public static class NetworkNames
{
    /// <summary>The noisy samples, float32 <c>[n, …shape]</c>.</summary>
    public const string Sample = "sample";

    /// <summary>The timesteps, float32 <c>[m]</c> with m = 1 or n.</summary>
    public const string Timestep = "timestep";

    /// <summary>The class labels, int64 <c>[n]</c>; the one after the last stands for "none".</summary>
    public const string ClassLabels = "class_labels";

    /// <summary>The given values, float32 <c>[n, …shape]</c>, 0 where nothing is given.</summary>
    public const string Given = "given";

    /// <summary>The mask of the given values, float32 <c>[n, …shape]</c>: 1 where a value is given, 0 elsewhere.</summary>
    public const string GivenMask = "given_mask";

    /// <summary>The output, float32 <c>[n, …shape]</c>.</summary>
    public const string Output = "out_sample";
}
