namespace Diffusion.Sampling;

/// <summary>Which stream of random numbers is for what.</summary>
internal static class NoiseStreams
{
    /// <summary>The noise that sampling starts from.</summary>
    public const uint Prior = 0;

    /// <summary>The fresh noise of a row.</summary>
    public static uint OfRow(int row) => Prior + 1 + (uint)row;
}
