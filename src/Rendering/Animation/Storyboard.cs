namespace Diffusion.Rendering.Animation;

/// <summary>In which order the moments of an animation follow each other, and how long each stands.</summary>
internal static class Storyboard
{
    private const double FirstSeconds = 0.6;
    private const double LastSeconds = 1.6;
    private const int HundredthsPerSecond = 100;

    /// <summary>On the way back every so many moments are shown.</summary>
    private const int BackStride = 2;

    /// <summary>The moments and how long each stands, in hundredths of a second; moments that show the same are one.</summary>
    public static IReadOnlyList<(int Moment, int Delay)> Of(AnimationStage stage, AnimationOptions options)
    {
        int last = options.Frames - 1;
        IEnumerable<int> back = options.IsSeamless
            ? Enumerable.Range(1, Math.Max(0, (last - 1) / BackStride)).Select(k => last - (k * BackStride))
            : [];
        List<(int Moment, int Delay)> shown = [];
        int tick = 0;
        foreach (int moment in Enumerable.Range(0, options.Frames).Concat(back))
        {
            int delay = shown.Count == 0 ? (int)(FirstSeconds * HundredthsPerSecond)
                : moment == last ? (int)(LastSeconds * HundredthsPerSecond)
                : EndOf(tick) - EndOf(tick - 1);
            tick++;
            if (shown.Count > 0 && stage.IsSame(moment, shown[^1].Moment))
            {
                // The later moment: it has come further on the line below the points.
                shown[^1] = (moment, shown[^1].Delay + delay);
            }
            else
            {
                shown.Add((moment, delay));
            }
        }

        return shown;

        // What rounding takes from one frame the next one gets, so that the whole runs at the rate asked for.
        int EndOf(int k) => (int)Math.Round((double)HundredthsPerSecond * k / options.FramesPerSecond, MidpointRounding.AwayFromZero);
    }
}
