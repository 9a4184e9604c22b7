using Diffusion.Points;
using Diffusion.Rendering.Animation;
using Diffusion.Rendering.Plotting;
using Diffusion.Solvers;

namespace Diffusion.Rendering.Figures;

/// <summary>The reverse process: the prior, ten moments on the way to the samples, and the data beside them.</summary>
public static class ReverseStrip
{
    private const int Moments = 10;

    /// <summary>The steps of a run that the strip shows.</summary>
    /// <param name="tableau">The run.</param>
    public static IReadOnlySet<int> Steps(Tableau tableau) => FrameChoice.Of(tableau, Moments + 1);

    /// <summary>Draws the strip.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it, such as the solver and its steps.</param>
    /// <param name="frames">The frames that <see cref="Steps"/> names, the prior first.</param>
    /// <param name="data">The data, or null where there are none to compare with.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(string title, string subtitle, IReadOnlyList<Frame> frames, PointSet? data, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count);
        List<Panel> panels = [.. frames.Select(frame => new Panel(frame.Step == 0 ? "prior" : MomentLabel.Of(frame.Level), frame.Points))];
        if (data is not null)
        {
            panels.Add(new Panel("data", data, IsData: true));
        }

        // A network that knows nothing throws points far out; the strip keeps to where the noise and the data are.
        PlotRange range = PlotRange.Around([frames[0].Points, data ?? frames[^1].Points]);
        return StripFigure.Draw(title, subtitle, panels, range, theme);
    }
}
