using System.Diagnostics;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>One run of a model: some points, cut into chunks, through all rows of a tableau.</summary>
/// <param name="Card">What the model says about itself.</param>
/// <param name="Predictor">The network, with whatever limits it.</param>
/// <param name="Tableau">The rows.</param>
/// <param name="Count">The number n of points.</param>
/// <param name="Options">The seed, the chunks and the threads.</param>
/// <param name="Start">The points at the start of the tableau, <c>[n, d]</c>; null for noise from the seed.</param>
internal sealed record SamplingRun(ModelCard Card, INoisePredictor Predictor, Tableau Tableau, int Count, SamplerOptions Options, PointSet? Start)
{
    /// <summary>What the run is for.</summary>
    public string Operation { get; init; } = SamplerTelemetry.Sample;

    private readonly (int First, int Count)[] _chunks = Chunks.Of(Count, Options.ChunkSize);

    private int Dimension => Card.Data.Dimension;

    /// <summary>Takes each chunk through all rows and puts the points, as the network sees them, in place.</summary>
    /// <param name="points">Receives the points, <c>[n, d]</c>.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public unsafe void Into(Span<float> points, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        using Activity? activity = SamplerTelemetry.Start(Operation, Card.Data.Name, Options.Solver.Name, Count, Tableau.Rows.Length);
        try
        {
            // Threads cannot share a span; while it is pinned they share its address, each writing its own chunks.
            fixed (float* pinned = points)
            {
                Into(pinned, points.Length, progress, cancellationToken);
            }
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }

    private unsafe void Into(float* points, int length, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        long done = 0;
        Chunks.ForEach(_chunks.Length, Options.Threads, Hire, cancellationToken);

        Action<int> Hire()
        {
            ChunkWorker worker = Worker(Math.Min(Count, Options.ChunkSize));
            return k =>
            {
                worker.Begin(_chunks[k]);
                while (!worker.Executor.IsDone)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    worker.Executor.Advance();
                    progress?.Report(new SamplingProgress(Interlocked.Add(ref done, _chunks[k].Count), (long)Count * Tableau.Rows.Length));
                }

                worker.Executor.X.CopyTo(Chunks.Slice(new Span<float>(points, length), _chunks[k], Dimension));
                SamplerTelemetry.Count(_chunks[k].Count, Tableau.Rows.Length, Operation);
            };
        }
    }

    /// <summary>Takes all chunks through row after row and shows the points, in the units of the data, at the start and after every step.</summary>
    public IEnumerable<Frame> Frames(CancellationToken cancellationToken) => States(cancellationToken).Select(state =>
    {
        DataUnits.Restore(Card.Data, state.Points, state.Points);
        return new Frame(
            state.Step, state.Timestep, Card.Schedule.AlphaBarAt(state.Timestep), new PointSet(state.Points, Dimension, Card.Data.Columns));
    });

    /// <summary>The same as tables in double precision, with constants.</summary>
    public IEnumerable<NumericTable> Tables(CancellationToken cancellationToken)
        => States(cancellationToken).Select(state => DataUnits.RestoreTable(Card.Data, new PointSet(state.Points, Dimension)));

    /// <summary>The points as the network sees them, <c>[n, d]</c>, at the start and after every step.</summary>
    private IEnumerable<(int Step, double Timestep, float[] Points)> States(CancellationToken cancellationToken)
    {
        ChunkWorker[] workers = Array.ConvertAll(_chunks, chunk =>
        {
            ChunkWorker worker = Worker(chunk.Count);
            worker.Begin(chunk);
            return worker;
        });
        int step = 0;
        yield return (step, Tableau.FirstTimestep, Gather(workers));
        foreach (TableauRow row in Tableau.Rows)
        {
            Chunks.ForEach(workers.Length, Options.Threads, k => workers[k].Executor.Advance(), cancellationToken);
            if (row.EndsStep)
            {
                yield return (++step, row.NextTimestep, Gather(workers));
            }
        }

        SamplerTelemetry.Count(Count, Tableau.Rows.Length, Operation);
    }

    private float[] Gather(ChunkWorker[] workers)
    {
        float[] points = new float[Count * Dimension];
        foreach ((ChunkWorker worker, (int First, int Count) chunk) in workers.Zip(_chunks))
        {
            worker.Executor.X.CopyTo(Chunks.Slice(points.AsSpan(), chunk, Dimension));
        }

        return points;
    }

    private ChunkWorker Worker(int capacity) => new(Tableau, Options, Start, Predictor, capacity);
}
