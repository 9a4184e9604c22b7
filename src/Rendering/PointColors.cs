using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>The colours of the points of a run. Points of one colour form a group, which is drawn at once.</summary>
internal sealed class PointColors
{
    /// <summary>As many hues as the eye can still follow.</summary>
    private const int Angles = 16;
    private const int Densities = 12;

    /// <summary>The share of the largest density from which on a point is as dark as can be.</summary>
    private const double Crowded = 0.7;

    /// <summary>How dark a lonely point is.</summary>
    private const double Lonely = 0.3;

    private readonly Func<PointSet, int[]> _groupsOf;

    private PointColors(IReadOnlyList<SKColor> colors, Func<PointSet, int[]> groupsOf) => (Colors, _groupsOf) = (colors, groupsOf);

    /// <summary>The colour of each group.</summary>
    public IReadOnlyList<SKColor> Colors { get; }

    /// <summary>The group of each point at a moment.</summary>
    public int[] GroupsOf(PointSet points) => _groupsOf(points);

    /// <param name="coloring">What colours tell.</param>
    /// <param name="prior">The points where the run starts.</param>
    /// <param name="theme">The colours.</param>
    public static PointColors Create(PointColoring coloring, PointSet prior, Theme theme)
    {
        switch (coloring)
        {
            case PointColoring.Angle:
                int[] byAngle = ByAngle(prior);
                return new PointColors([.. Enumerable.Range(0, Angles).Select(k => theme.OfAngle(Math.Tau * k / Angles))], _ => byAngle);
            case PointColoring.Density:
                return new PointColors(
                    [.. Enumerable.Range(0, Densities).Select(k => theme.OfDensity(double.Lerp(Lonely, 1, (double)k / (Densities - 1))))],
                    ByDensity);
            default:
                int[] same = new int[prior.Count];
                return new PointColors([theme.Samples], _ => same);
        }
    }

    /// <summary>
    /// The angle around the mean of the points, each coordinate in its own standard deviations; on a
    /// line, which spans no angle, the half turn over it.
    /// </summary>
    private static int[] ByAngle(PointSet prior)
    {
        (double mean, double deviation)[] moments = [.. Enumerable.Range(0, Math.Min(2, prior.Dimension)).Select(j => Moments(prior, j))];
        int[] groups = new int[prior.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            double u = (prior[i][0] - moments[0].mean) / moments[0].deviation;
            double v = prior.Dimension > 1 ? (prior[i][1] - moments[1].mean) / moments[1].deviation : 1;
            double turns = Math.Atan2(v, u) / Math.Tau;
            groups[i] = double.IsFinite(turns) ? (int)Math.Round((turns + 1) * Angles) % Angles : 0;
        }

        return groups;
    }

    private static (double Mean, double Deviation) Moments(PointSet set, int coordinate)
    {
        double[] values = [.. Enumerable.Range(0, set.Count).Select(i => (double)set[i][coordinate])];
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return (mean, deviation > 0 ? deviation : 1);
    }

    private static int[] ByDensity(PointSet points)
    {
        double[] densities = DensityGrid.Of(points).At(points);
        double largest = Math.Max(densities.Max(), double.Epsilon);
        return Array.ConvertAll(densities, density => Math.Min(Densities - 1, (int)(Densities * density / (Crowded * largest))));
    }
}
