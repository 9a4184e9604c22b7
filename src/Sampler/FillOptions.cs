namespace Diffusion.Sampling;

/// <summary>How missing cells are filled.</summary>
public sealed record FillOptions
{
    /// <summary>Gets the seed. The same seed gives the same cells; another one gives another draw, for multiple imputation (Rubin
    /// 1987).</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets a value indicating whether the best guess is filled in, by one evaluation of the network, rather than a random draw of
    /// what the cell may be; not by default.</summary>
    public bool IsBestGuess { get; init; }

    /// <summary>Gets the weight of guidance to the cells that are present: 1 is what the model has learned; more makes the cells that are
    /// filled in more typical of them, and less varied. Null, the default, is 1.</summary>
    public double? Guidance { get; init; }
}
