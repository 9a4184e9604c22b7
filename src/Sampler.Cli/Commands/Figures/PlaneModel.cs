using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using Diffusion.Sampling;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>What figures of a model in the plane have in common.</summary>
internal static class PlaneModel
{
    /// <exception cref="DiffusionException">The model is not of dimension 2.</exception>
    public static void Require(DiffusionSampler sampler, string alternative)
    {
        if (sampler.Card.Data.Dimension != 2)
        {
            throw new DiffusionException(
                $"A model of dimension 2 is required; this model has dimension {sampler.Card.Data.Dimension}. Use {alternative}.");
        }
    }

    /// <summary>The part of the plane where noise and data are.</summary>
    public static PlotRange RangeOf(DiffusionSampler sampler, int count)
    {
        PointSet? prior = null;
        PointSet? samples = null;
        foreach (Frame frame in sampler.Frames(new SamplingJob { Count = count }))
        {
            prior ??= frame.Points;
            samples = frame.Points;
        }

        return PlotRange.OfRun(prior!, samples!);
    }
}
