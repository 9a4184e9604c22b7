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
    public Tableau Tableau => Options.BuildTableau(Sampler.Card.Schedule);

    /// <summary>The solver and its number of steps and of network evaluations, for messages.</summary>
    public string Describe()
    {
        Tableau tableau = Tableau;
        return string.Create(CultureInfo.InvariantCulture, $"{Count} points, {Options.Solver.Name}, {tableau.Steps} steps, {tableau.Rows.Length} network evaluations");
    }

    /// <summary>Refuses options that do not fit the model.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public void Validate()
    {
        Options.Validate(Count, Sampler.Card.Data.Dimension);
        Options.BuildTableau(Sampler.Card.Schedule);
    }

    /// <summary>Draws the points under a progress meter.</summary>
    public PointSet Sample(CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter => Sampler.Sample(Count, Options, new SamplingMeter(meter), cancellationToken));

    /// <summary>Draws the points under a progress meter, piece by piece as they are written: there may be more than fit into memory.</summary>
    public void Write(Action<IEnumerable<PointSet>> write, CancellationToken cancellationToken) => ProgressMeter.Show("sampling", meter =>
    {
        write(Sampler.SamplePieces(Count, Options, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));
        return Count;
    });

    /// <summary>Draws the points under a progress meter and shows every step.</summary>
    public void WriteFrames(Action<IEnumerable<Frame>> write, CancellationToken cancellationToken) => ProgressMeter.Show("sampling", meter =>
    {
        int all = Tableau.Steps;
        write(Sampler.Stream(Count, Options, cancellationToken).Select(frame =>
        {
            meter.Report(frame.Step, all);
            return frame;
        }));
        return all;
    });

    /// <summary>The solver, its setting and its steps, for pictures.</summary>
    public string Caption => $"{Options.Solver.Name}, {Tableau.Steps} steps";

    /// <summary>Keeps some of the steps; the last step is the samples.</summary>
    public IReadOnlyList<Frame> Frames(IReadOnlySet<int> steps, CancellationToken cancellationToken)
    {
        List<Frame> kept = [];
        WriteFrames(frames => kept.AddRange(frames.Where(frame => steps.Contains(frame.Step))), cancellationToken);
        return kept;
    }

    /// <summary>The same request with more steps, where the number of steps was left open: an animation wants something to show.</summary>
    public SamplingRequest WithAtLeast(int steps)
        => Options.Steps is null && Options.Timesteps is null && Tableau.Steps < steps
            ? this with { Options = Options with { Steps = Math.Min(steps, Sampler.Card.Schedule.TrainTimesteps) } }
            : this;

    public void Dispose() => Sampler.Dispose();
}
