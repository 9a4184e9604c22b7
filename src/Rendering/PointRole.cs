namespace Diffusion.Rendering;

/// <summary>What points are; it decides their colour.</summary>
public enum PointRole
{
    /// <summary>Drawn from a model, finished or on the way.</summary>
    Samples,

    /// <summary>Of the data set, clean or with noise added.</summary>
    Data,

    /// <summary>Pure noise, the prior.</summary>
    Noise,
}
