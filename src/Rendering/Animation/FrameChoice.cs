namespace Diffusion.Rendering.Animation;

/// <summary>Which steps of a run an animation shows.</summary>
public static class FrameChoice
{
    /// <summary>The number of frames of an animation, unless the run is shorter.</summary>
    public const int UsualFrames = 60;

    /// <summary>Evenly spread steps, the prior and the last step among them.</summary>
    /// <param name="steps">The number of steps of the run, at least 1.</param>
    /// <param name="frames">The number of frames to have at most, at least 2.</param>
    public static IReadOnlySet<int> Choose(int steps, int frames = UsualFrames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        int last = Math.Min(steps, frames - 1);
        return Enumerable.Range(0, last + 1).Select(k => (int)Math.Round((double)k * steps / last)).ToHashSet();
    }
}
