using Diffusion.Cards;
using Diffusion.Codecs.Queries;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tables;

namespace Diffusion.Cli;

/// <summary>A loaded model, and what is to be drawn from it.</summary>
/// <param name="Sampler">The model: a network or a compiled file.</param>
/// <param name="Job">What to draw.</param>
internal sealed record SamplingRequest(LocalSampler Sampler, SamplingJob Job) : IDisposable
{
    /// <summary>Gets what was said about the solver; null for a compiled file, which has its own.</summary>
    public SolverChoice? Solver { get; init; }

    /// <summary>What the model says about itself.</summary>
    public ModelCard Card => Sampler.Card;

    /// <summary>The solver and its steps.</summary>
    public SamplingPlan Plan => Job.Plan ?? Sampler.Plan;

    /// <summary>The solver written out for the model.</summary>
    public Tableau Tableau => Plan.Tableau;

    /// <summary>The number of points where all of them are in memory at once.</summary>
    /// <exception cref="DiffusionException">They do not fit.</exception>
    public int CountInMemory => Job.Count <= Array.MaxLength / Card.Data.Width
        ? (int)Job.Count
        : throw new DiffusionException(
            $"At most {Array.MaxLength / Card.Data.Width} points fit into memory; requested {Job.Count}. "
                + "To draw more, write them to a file, without --trajectory.");

    /// <summary>Gets the precision of points as text: double if columns are computed or kept in double, otherwise float32.</summary>
    public NumberWidth TextWidth => Sampler.Decoder.GivesDoubles ? NumberWidth.Bits64 : NumberWidth.Bits32;

    /// <summary>The solver and its number of steps and of network evaluations, for messages.</summary>
    public string Describe()
        => Invariant($"{Job.Count} {(Card.Data.Table is null ? "points" : "rows")}, {Plan.Caption}, ")
            + Invariant($"{Tableau.Rows.Length} network evaluations");

    /// <summary>Draws the points under a progress meter.</summary>
    public PointSet Sample(CancellationToken cancellationToken)
    {
        _ = CountInMemory;
        return ProgressMeter.Show(
            "sampling", meter => Sampler.Sample(Job, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));
    }

    /// <summary>Draws rows of the model's table under a progress meter.</summary>
    public NumericTable SampleNumbers(CancellationToken cancellationToken)
    {
        _ = CountInMemory;
        return ProgressMeter.Show(
            "sampling", meter => Sampler.SampleNumbers(Job, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));
    }

    /// <summary>Draws rows of the model's table, whose columns are of any type, under a progress meter.</summary>
    public Table SampleTable(CancellationToken cancellationToken)
    {
        _ = CountInMemory;
        return ProgressMeter.Show(
            "sampling", meter => Sampler.SampleTable(Job, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));
    }

    /// <summary>Draws rows of the model's table under a progress meter, piece by piece as they are written: there may be more than fit into
    /// memory.</summary>
    public void Write(Action<IEnumerable<NumericTable>> write, CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter =>
    {
        write(Sampler.SampleNumberPieces(Job, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));
        return true;
    });

    /// <summary>Draws rows of the model's table, whose columns are of any type, under a progress meter, piece by piece as they are written:
    /// there may be more than fit into memory.</summary>
    public void WriteRows(Action<IEnumerable<Table>> write, CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter =>
    {
        write(Sampler.SampleTablePieces(Job, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));
        return true;
    });

    /// <summary>Draws rows of the model's table under a progress meter and shows every step.</summary>
    public void WriteTables(Action<IEnumerable<NumericTable>> write, CancellationToken cancellationToken)
        => WriteSteps(() => Sampler.NumberFrames(Job, cancellationToken: cancellationToken), write);

    /// <summary>Draws the points under a progress meter and shows every step.</summary>
    public void WriteFrames(Action<IEnumerable<Frame>> write, CancellationToken cancellationToken)
        => WriteSteps(() => Sampler.Frames(Job, cancellationToken: cancellationToken), write);

    /// <summary>Keeps some of the steps; the last step is the samples.</summary>
    public IReadOnlyList<Frame> Frames(IReadOnlySet<int> steps, CancellationToken cancellationToken)
    {
        List<Frame> kept = [];
        WriteFrames(frames => kept.AddRange(frames.Where(frame => steps.Contains(frame.Step))), cancellationToken);
        return kept;
    }

    /// <summary>The same request with more steps, where the number of steps was left open: an animation wants something to show.</summary>
    public SamplingRequest WithAtLeast(int steps)
        => Solver is { IsLengthOpen: true } && Tableau.Steps < steps
            ? With(Solver with { Steps = Math.Min(steps, Card.Schedule.TrainTimesteps) })
            : this;

    /// <summary>The same request with another solver.</summary>
    /// <exception cref="DiffusionException">The number of steps is out of range.</exception>
    public SamplingRequest With(SolverChoice solver) => this with
    {
        Solver = solver, Job = Job with { Plan = solver.CreatePlan(Card.Schedule) },
    };

    /// <summary>The same request for some rows of the model's table alone.</summary>
    /// <param name="query">Which rows; null for any.</param>
    /// <param name="guidance">The weight of guidance to their cells; null for what the model has learned.</param>
    /// <exception cref="DiffusionException">The model takes no given cells, or the request has noise of its own.</exception>
    public SamplingRequest With(TableQuery? query, double? guidance)
    {
        SamplingJob job = Job with { Query = query, Guidance = guidance };
        Sampler.Validate(job, new ExecutionOptions(), isInMemory: false);
        return this with { Job = job };
    }

    public void Dispose() => Sampler.Dispose();

    /// <summary>Reports each step as it is written; a compiled sampler computes all of them at the start.</summary>
    private void WriteSteps<T>(Func<IEnumerable<T>> draw, Action<IEnumerable<T>> write) => ProgressMeter.Show("sampling", meter =>
    {
        _ = CountInMemory;
        int all = Tableau.Steps;
        write(draw().Select((state, step) =>
        {
            meter.Report(step, all);
            return state;
        }));
        return all;
    });
}
