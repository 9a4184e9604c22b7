using System.Text.Json.Serialization;

namespace Diffusion.Solvers;

/// <summary>The settings of a solver. A value of null is the usual one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SolverSettings
{
    /// <summary>Gets the settings of a solver without anything set.</summary>
    public static SolverSettings Usual { get; } = new();

    /// <summary>η of <see cref="Ddim"/>, from 0 to 1.</summary>
    public double? Eta { get; init; }

    /// <summary>The variance of <see cref="Ddpm"/>.</summary>
    public DdpmVariance? Variance { get; init; }

    /// <summary>The variable of a Runge–Kutta method.</summary>
    public OdeForm? Ode { get; init; }

    /// <summary>Returns the settings in few words, such as "η=0.5", "posterior variance" or "in t"; an empty string for the usual
    /// ones.</summary>
    public override string ToString()
    {
        string?[] words =
        [
            Eta is null or 0 ? null : Invariant($"η={Eta}"),
            Variance == DdpmVariance.Posterior ? "posterior variance" : null,
            Ode == OdeForm.Time ? "in t" : null,
        ];
        return string.Join(' ', words.OfType<string>());
    }
}
