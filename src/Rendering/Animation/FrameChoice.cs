using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Rendering.Animation;

/// <summary>
/// Which steps of a run are shown, and when. On the way x = cos φ·x₀ + sin φ·ε with φ = arccos √ᾱ (Salimans and Ho 2022,
/// App. D) the angle is the length of the way: even angles are even motion. Shapes appear at small angles, which get more.
/// </summary>
public static class FrameChoice
{
    /// <summary>The number of frames of an animation.</summary>
    public const int UsualFrames = 60;

    /// <summary>1 would be even motion; this gives the last tenth of the way a fifth of the time.</summary>
    private const double Lingering = 1.5;

    /// <summary>The steps of a run that an animation shows; the prior and the last step are among them.</summary>
    /// <param name="tableau">The run.</param>
    /// <param name="frames">The number of frames to have at most, at least 2.</param>
    public static IReadOnlySet<int> Of(Tableau tableau, int frames = UsualFrames)
    {
        ArgumentNullException.ThrowIfNull(tableau);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        return Nearest([.. tableau.StepLevels], frames).ToHashSet();
    }

    /// <summary>Evenly spread steps, the prior and the last step among them.</summary>
    /// <param name="steps">The number of steps of the run, at least 1.</param>
    /// <param name="frames">The number of frames to have at most, at least 2.</param>
    public static IReadOnlySet<int> Even(int steps, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        int last = Math.Min(frames - 1, steps);
        return Enumerable.Range(0, last + 1).Select(k => (int)Math.Round((double)steps * k / last)).ToHashSet();
    }

    /// <summary>For each frame of an animation the moment that is nearest to its own: the first of the first, and the last of the last
    /// alone.</summary>
    /// <param name="levels">The noise level of each moment there is, falling.</param>
    /// <param name="frames">The number of frames, at least 2.</param>
    internal static int[] Nearest(IReadOnlyList<NoiseLevel> levels, int frames)
    {
        double[] angles = [.. levels.Select(level => Math.Acos(level.Signal))];
        int[] nearest = new int[frames];
        int moment = 0;
        for (int frame = 1; frame < frames - 1; frame++)
        {
            double angle = Math.PI / 2 * Math.Pow(1 - ((double)frame / (frames - 1)), Lingering);
            while (moment < angles.Length - 2 && Math.Abs(angles[moment + 1] - angle) <= Math.Abs(angles[moment] - angle))
            {
                moment++;
            }

            nearest[frame] = moment;
        }

        nearest[^1] = angles.Length - 1;
        return nearest;
    }
}
