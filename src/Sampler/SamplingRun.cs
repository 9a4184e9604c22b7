using System.Diagnostics;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>One run of a model: the samples of a job, cut into chunks, through all rows of a plan.</summary>
/// <param name="job">What to draw.</param>
/// <param name="plan">The solver and its steps.</param>
/// <param name="denoiser">Predicts ε.</param>
/// <param name="execution">The chunks and the threads.</param>
internal sealed class SamplingRun(SamplingJob job, SamplingPlan plan, IDenoiser denoiser, ResolvedExecution execution)
{
    private readonly int _count = (int)job.Count;
    private readonly int _size = denoiser.Signature.Shape.Size;
    private readonly (int First, int Count)[] _chunks = Chunks.Split((int)job.Count, execution.ChunkSize);

    private Tableau Tableau => plan.Tableau;

    /// <summary>What the run is for.</summary>
    public string Operation { get; init; } = SamplerTelemetry.Sample;

    /// <summary>The name of the model's data.</summary>
    public required string Model { get; init; }

    /// <summary>Takes each chunk through all rows and puts the samples in place.</summary>
    /// <param name="samples">Receives the samples, <c>[n, Size]</c>.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public void Into(Memory<float> samples, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        using Activity? activity = SamplerTelemetry.Start(Operation, Model, plan.Label, _count, Tableau.Rows.Length);
        try
        {
            long done = 0;
            Chunks.ForEach(_chunks.Length, execution.Threads, CreateWorker, cancellationToken);

            Action<int> CreateWorker()
            {
                ChunkWorker worker = Worker(Math.Min(_count, execution.ChunkSize));
                return k =>
                {
                    worker.Begin(_chunks[k]);
                    while (!worker.Executor.IsDone)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        worker.Executor.Advance();
                        progress?.Report(new SamplingProgress(
                            Interlocked.Add(ref done, _chunks[k].Count), (long)_count * Tableau.Rows.Length));
                    }

                    worker.Executor.X.CopyTo(Chunks.Slice(samples.Span, _chunks[k], _size));
                    SamplerTelemetry.Count(_chunks[k].Count, Tableau.Rows.Length, Operation);
                };
            }
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }

    /// <summary>Takes all chunks through row after row and shows the samples at the start and after every step.</summary>
    public IEnumerable<SampleFrame> Frames(CancellationToken cancellationToken)
    {
        ChunkWorker[] workers = Array.ConvertAll(_chunks, chunk =>
        {
            ChunkWorker worker = Worker(chunk.Count);
            worker.Begin(chunk);
            return worker;
        });
        int step = 0;
        yield return new SampleFrame(step, Tableau.Start, Gather(workers));
        foreach (TableauRow row in Tableau.Rows)
        {
            Chunks.ForEach(workers.Length, execution.Threads, k => workers[k].Executor.Advance(), cancellationToken);
            if (row.EndsStep)
            {
                yield return new SampleFrame(++step, row.NextLevel, Gather(workers));
            }
        }

        SamplerTelemetry.Count(_count, Tableau.Rows.Length, Operation);
    }

    private SampleBatch Gather(ChunkWorker[] workers)
    {
        float[] samples = new float[_count * _size];
        foreach ((ChunkWorker worker, (int First, int Count) chunk) in workers.Zip(_chunks))
        {
            worker.Executor.X.CopyTo(Chunks.Slice(samples.AsSpan(), chunk, _size));
        }

        return new SampleBatch(samples, denoiser.Signature.Shape);
    }

    private ChunkWorker Worker(int capacity) => new(Tableau, job, denoiser, capacity);
}
