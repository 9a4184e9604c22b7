namespace Diffusion.Rendering.Animation;

/// <summary>Which steps of a run an animation shows.</summary>
public static class FrameChoice
{
    /// <summary>The number of frames of an animation, unless the run is shorter.</summary>
    public const int UsualFrames = 60;

    /// <summary>Steps that lie closer together towards the end, where shapes appear; the prior and the last step are among them.</summary>
    /// <param name="steps">The number of steps of the run, at least 1.</param>
    /// <param name="frames">The number of frames to have at most, at least 2.</param>
    public static IReadOnlySet<int> Closing(int steps, int frames = UsualFrames)
        => Choose(steps, frames, share => 1 - ((1 - share) * (1 - share)));

    /// <summary>Evenly spread steps, the prior and the last step among them.</summary>
    /// <param name="steps">The number of steps of the run, at least 1.</param>
    /// <param name="frames">The number of frames to have at most, at least 2.</param>
    public static IReadOnlySet<int> Even(int steps, int frames) => Choose(steps, frames, share => share);

    private static HashSet<int> Choose(int steps, int frames, Func<double, double> position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        int last = Math.Min(frames - 1, steps);
        HashSet<int> chosen = [];
        int next = steps + 1;
        for (int k = last; k >= 0; k--)
        {
            // Where frames lie closer than steps, they take the steps before: no frame is lost.
            next = Math.Min((int)Math.Round(steps * position((double)k / last)), next - 1);
            chosen.Add(next);
        }

        return chosen;
    }
}
