using Diffusion.Samples;

namespace Diffusion.Cards;

/// <summary>What the inputs and the output of a network's file are called.</summary>
public static class NetworkInputs
{
    /// <summary>The noisy samples x_t, float32 <c>[n, …shape]</c>.</summary>
    public const string Sample = "sample";

    /// <summary>The timestep, float32 <c>[m]</c> with m = 1 or n.</summary>
    public const string Timestep = "timestep";

    /// <summary>The class labels, int64 <c>[n]</c>; for a network that takes labels.</summary>
    public const string ClassLabels = "class_labels";

    /// <summary>The given values, float32 <c>[n, …shape]</c>, 0 where nothing is given; for a network that takes given values.</summary>
    public const string Given = "given";

    /// <summary>The mask of the given values, float32 <c>[n, …shape]</c>, 0 or 1; for a network that takes given values.</summary>
    public const string GivenMask = "given_mask";

    /// <summary>The output, float32 <c>[n, …shape]</c>.</summary>
    public const string Output = "out_sample";

    /// <summary>Returns the names of the inputs for conditions.</summary>
    /// <param name="conditions">The conditions that a network takes.</param>
    public static IEnumerable<string> Of(ConditionSignature conditions)
    {
        if (conditions.TakesLabels)
        {
            yield return ClassLabels;
        }

        if (conditions.TakesGiven)
        {
            yield return Given;
            yield return GivenMask;
        }
    }
}
