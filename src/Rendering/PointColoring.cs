namespace Diffusion.Rendering;

/// <summary>What the colour of a point tells.</summary>
public enum PointColoring
{
    /// <summary>The direction of the noise that it came from, so that one sees where each region goes.</summary>
    Angle,

    /// <summary>How many others are around it.</summary>
    Density,

    /// <summary>Nothing: all have the same.</summary>
    Plain,
}
