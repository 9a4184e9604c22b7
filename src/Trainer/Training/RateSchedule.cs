namespace Diffusion.Training;

/// <summary>How the learning rate goes over a run.</summary>
public enum RateSchedule
{
    /// <summary>A short rise, then down to zero along half a cosine.</summary>
    Cosine,

    /// <summary>The same throughout.</summary>
    Constant,

    /// <summary>A short rise, the same for most of the run, and down to zero along a line at its end.</summary>
    LateFall,
}
