using Diffusion.Randomness;

namespace Diffusion.Sampling;

/// <summary>
/// Random directions v whose coordinates are +1 or −1 with equal probability. The mean of v·(∂f/∂x)·v over them is the
/// divergence of f (Hutchinson 1990; Grathwohl et al. 2019, Eq. 7). A point keeps its directions along its whole path. They
/// do not depend on the chunk size.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="count">The number m of directions for each point.</param>
/// <param name="firstNumber">The index of the first coordinate of the chunk among the coordinates of all points.</param>
internal sealed class HutchinsonProbes(ulong seed, int count, long firstNumber)
{
    private const float Half = 0.5f;

    private readonly PhiloxUniform _uniform = new(seed, RandomDomain.Probe);

    /// <summary>Gets the number m of directions for each point.</summary>
    public int Count => count;

    /// <summary>Writes one direction of each point.</summary>
    /// <param name="probe">The number of the direction, from 0 to m−1.</param>
    /// <param name="signs">Receives +1 and −1, <c>[n, d]</c>.</param>
    public void Fill(int probe, Span<float> signs)
    {
        _uniform.Fill((uint)probe, firstNumber, signs);
        foreach (ref float sign in signs)
        {
            sign = sign < Half ? -1 : 1;
        }
    }
}
