namespace Diffusion.Cards;

/// <summary>What the inputs and outputs of a compiled sampler are called.</summary>
public static class CompiledNames
{
    /// <summary>The input with x_T, float32 <c>[n, d]</c>, standard normal.</summary>
    public const string Noise = "noise";

    /// <summary>
    /// The input with the noise of all rows, float32 <c>[n, rows, d]</c>, standard normal; there where the solver draws noise.
    /// </summary>
    public const string StepNoise = "step_noise";

    /// <summary>The output with the points, float32 <c>[n, d]</c>, in the units of the data.</summary>
    public const string Sample = "sample";

    /// <summary>
    /// The output with the points at the start and after every step, float32 <c>[steps + 1, n, d]</c>, in the
    /// units of the data; there where it was asked for.
    /// </summary>
    public const string Trajectory = "trajectory";
}
