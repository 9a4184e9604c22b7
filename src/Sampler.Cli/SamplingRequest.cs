using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>A loaded model, and what is to be drawn from it.</summary>
internal sealed record SamplingRequest(DiffusionSampler Sampler, int Count, SamplerOptions Options) : IDisposable
{
    /// <summary>The solver written out for the model.</summary>
    public Tableau Tableau { get; } = Options.BuildTableau(Sampler.Card.Schedule);

    /// <summary>The solver and its number of steps and of network evaluations, for messages.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} points, {Options.Solver.Name}, {Tableau.Steps} steps, {Tableau.Rows.Length} network evaluations");

    /// <summary>Draws the points under a progress meter.</summary>
    public PointSet Sample(CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter => Sampler.Sample(Count, Options, new Meter(meter), cancellationToken));

    public void Dispose() => Sampler.Dispose();

    private sealed class Meter(ProgressMeter meter) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => meter.Report(value.Done, value.Total);
    }
}
