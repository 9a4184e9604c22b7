namespace Diffusion.Training.Networks;

/// <summary>The shape of the network for rows of a table.</summary>
public sealed record TableNetworkOptions
{
    /// <summary>The largest width and depth that are accepted.</summary>
    public const int LargestSize = 4096;

    /// <summary>Gets the number of units in each hidden layer, from 1 to 4,096; 128 by default.</summary>
    public int Width
    {
        get;
        init => field = OptionRange.Require(value, value is >= 1 and <= LargestSize, "width of the network", Range);
    }
        = 128;

    /// <summary>Gets the number of hidden layers, from 1 to 4,096; 3 by default.</summary>
    public int Depth
    {
        get;
        init => field = OptionRange.Require(value, value is >= 1 and <= LargestSize, "depth of the network", Range);
    }
        = 3;

    /// <summary>Gets how many of sin and cos of x, 2x, 4x, … accompany each number x; 4 by default.</summary>
    public int InputFrequencies { get; init; } = 4;

    /// <summary>Gets how many of sin and cos of πu, 2πu, 4πu, … accompany the noise level u; 6 by default.</summary>
    public int TimeFrequencies { get; init; } = 6;

    private static string Range => Invariant($"between 1 and {LargestSize}");
}
