using Diffusion.TorchExport;

namespace Diffusion.Training.Networks;

/// <summary>Sines and cosines of several frequencies, which show a network small differences of its inputs (Tancik et al. 2020).</summary>
internal static class Waves
{
    /// <summary>Returns frequencies that double from the first on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="first">The first.</param>
    public static float[] Octaves(int count, float first) => [.. Enumerable.Range(0, count).Select(k => (1 << k) * first)];

    /// <summary>Returns the sines and cosines of angles, <c>[n, 2a]</c>.</summary>
    /// <param name="net">Joins values.</param>
    /// <param name="angles">The angles in radians, <c>[n, a]</c>.</param>
    public static T Of<T>(INet<T> net, T angles)
        where T : IValue<T> => net.Concat(1, angles.Sin(), angles.Cos());

    /// <summary>Returns values and the sines and cosines of angles, <c>[n, v + 2a]</c>.</summary>
    /// <param name="net">Joins values.</param>
    /// <param name="values">The values, <c>[n, v]</c>.</param>
    /// <param name="angles">The angles in radians, <c>[n, a]</c>.</param>
    public static T With<T>(INet<T> net, T values, T angles)
        where T : IValue<T> => net.Concat(1, values, angles.Sin(), angles.Cos());
}
