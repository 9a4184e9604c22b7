using Diffusion.Cards;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>A loaded model, and what is to be drawn from it.</summary>
internal abstract record SamplingRequest(long Count, SamplerOptions Options) : IDisposable
{
    /// <summary>What the model says about itself.</summary>
    public abstract ModelCard Card { get; }

    /// <summary>The solver written out for the model.</summary>
    public abstract Tableau Tableau { get; }

    /// <summary>The name of the solver.</summary>
    public abstract string SolverName { get; }

    /// <summary>The number of points where all of them are in memory at once.</summary>
    /// <exception cref="DiffusionException">They do not fit.</exception>
    public int CountInMemory => Count <= Array.MaxLength / Card.Data.Width
        ? (int)Count
        : throw new DiffusionException(
            $"At most {Array.MaxLength / Card.Data.Width} points fit into memory; requested {Count}. "
                + "To draw more, write them to a file, without --trajectory.");

    /// <summary>Gets the precision of points as text: double if columns are computed or kept in double, otherwise float32.</summary>
    public abstract NumberWidth TextWidth { get; }

    /// <summary>The solver, its setting and its steps, for pictures.</summary>
    public string Caption => $"{SolverName}, {Tableau.Steps} steps";

    /// <summary>The solver and its number of steps and of network evaluations, for messages.</summary>
    public string Describe()
    {
        Tableau tableau = Tableau;
        return Invariant($"{Count} points, {SolverName}, {tableau.Steps} steps, {tableau.Rows.Length} network evaluations");
    }

    /// <summary>Refuses options that do not fit the model.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public abstract void Validate();

    /// <summary>Draws the points under a progress meter.</summary>
    public abstract PointSet Sample(CancellationToken cancellationToken);

    /// <summary>Draws rows of the model's table under a progress meter.</summary>
    public abstract NumericTable SampleTable(CancellationToken cancellationToken);

    /// <summary>Draws rows of the model's table under a progress meter, piece by piece as they are written: there may be more than fit into
    /// memory.</summary>
    public void Write(Action<IEnumerable<NumericTable>> write, CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter =>
    {
        write(Pieces(new SamplingMeter(meter), cancellationToken));
        return true;
    });

    /// <summary>Draws rows of the model's table under a progress meter and shows every step.</summary>
    public void WriteTables(Action<IEnumerable<NumericTable>> write, CancellationToken cancellationToken)
        => WriteSteps(() => AllTables(cancellationToken), write);

    /// <summary>Draws the points under a progress meter and shows every step.</summary>
    public void WriteFrames(Action<IEnumerable<Frame>> write, CancellationToken cancellationToken)
        => WriteSteps(() => AllFrames(cancellationToken), write);

    /// <summary>Keeps some of the steps; the last step is the samples.</summary>
    public IReadOnlyList<Frame> Frames(IReadOnlySet<int> steps, CancellationToken cancellationToken)
    {
        List<Frame> kept = [];
        WriteFrames(frames => kept.AddRange(frames.Where(frame => steps.Contains(frame.Step))), cancellationToken);
        return kept;
    }

    /// <summary>The same request with more steps, where the number of steps was left open: an animation wants something to show.</summary>
    public virtual SamplingRequest WithAtLeast(int steps) => this;

    public abstract void Dispose();

    /// <summary>The rows, piece by piece.</summary>
    protected abstract IEnumerable<NumericTable> Pieces(IProgress<SamplingProgress>? progress, CancellationToken cancellationToken);

    /// <summary>All rows at the start and after every step.</summary>
    protected abstract IEnumerable<NumericTable> AllTables(CancellationToken cancellationToken);

    /// <summary>All points at the start and after every step.</summary>
    protected abstract IEnumerable<Frame> AllFrames(CancellationToken cancellationToken);

    /// <summary>Reports each step as it is written; a compiled sampler computes all of them at the start.</summary>
    private void WriteSteps<T>(Func<IEnumerable<T>> draw, Action<IEnumerable<T>> write) => ProgressMeter.Show("sampling", meter =>
    {
        int all = Tableau.Steps;
        write(draw().Select((state, step) =>
        {
            meter.Report(step, all);
            return state;
        }));
        return all;
    });
}
