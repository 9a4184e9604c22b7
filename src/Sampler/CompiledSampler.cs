using System.Diagnostics;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Files;
using Diffusion.Samples;
using Diffusion.Time;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>
/// Runs a file that <c>diffusion compile</c> made, in which network, noise schedule and solver are one graph. The noise comes from here:
/// the same seed gives the samples that the solver gives outside of the file, up to rounding. Its samples are in the units of the data.
/// Safe to use from many threads at once.
/// </summary>
public sealed class CompiledSampler : LocalSampler
{
    private readonly OnnxModel _model;
    private readonly NetworkCost _cost;
    private readonly string _source;
    private readonly CompiledOutput _output;
    private readonly CompiledCells _cells;

    private CompiledSampler(InferenceSession session, NetworkCost cost, string source)
    {
        _cost = cost;
        IReadOnlyDictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        SolverInfo solver = SolverInfo.FromMetadata(metadata, source)
            ?? throw new DiffusionException(
                $"'{source}' is a network, not a compiled sampler: the metadata entry {SolverInfo.Key} is missing. Compile it first.");
        Card = ModelCard.FromMetadata(metadata, source);
        Plan = solver.ToPlan(Card.Schedule, source);
        Clip = solver.Clip;
        _cells = new CompiledCells(session, Card.Data.Table);
        CompiledContract.Check(session, Plan.Tableau, Card.Data, _cells, source);
        HasTrajectory = session.OutputNames.Contains(CompiledNames.Trajectory);
        Signature = new DenoiserSignature(Card.Data.Shape) { Prediction = Card.Prediction };
        Decoder = Card.Data.Table is null ? new ConstantsDecoder(Card.Data) : new TableDecoder(Card.Data);
        _source = source;
        _output = new CompiledOutput(Card.Data, source);
        _model = new OnnxModel(session, source);
    }

    /// <inheritdoc/>
    public override ModelCard Card { get; }

    /// <inheritdoc/>
    public override DenoiserSignature Signature { get; }

    /// <summary>Gets the solver in the file. Jobs with another plan are refused.</summary>
    public override SamplingPlan Plan { get; }

    /// <inheritdoc/>
    public override IDecoder Decoder { get; }

    /// <summary>Gets where the file clips the predicted clean data, in the units of the network; null means nowhere.</summary>
    public double? Clip { get; }

    /// <summary>Gets a value indicating whether the file can show the samples after every step.</summary>
    public bool HasTrajectory { get; }

    /// <summary>Loads a compiled sampler from a file.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="options">How to load it; it has a card of its own, whatever these say.</param>
    /// <exception cref="DiffusionException">The file is missing or is no compiled sampler.</exception>
    public static CompiledSampler Load(string path, ModelOptions? options = null)
        => Load(InputFile.ReadBytes(path), (options ?? new ModelOptions()) with { Name = options?.Name ?? path });

    /// <summary>Loads a compiled sampler that is in memory.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="options">How to load it; it has a card of its own, whatever these say.</param>
    /// <exception cref="DiffusionException">The bytes are no compiled sampler.</exception>
    public static CompiledSampler Load(byte[] model, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        string source = options?.Name ?? ModelOptions.UsualName;
        return FromOpened(OnnxSession.Open(model, source, options?.Session));
    }

    /// <inheritdoc/>
    public override void Run(
        SamplingJob job, Memory<float> samples, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Validate(job, execution ?? new ExecutionOptions(), isInMemory: true);
        int size = Signature.Shape.Size;
        RequireLength(job, samples.Length, size);
        Run(job, execution, CompiledNames.Sample, Keep, progress, cancellationToken);

        void Keep(ReadOnlySpan<float> rows, (int First, int Count) chunk)
            => _output.CopyLearned(rows, Chunks.Slice(samples.Span, chunk, size));
    }

    /// <inheritdoc/>
    public override IEnumerable<SampleFrame> Stream(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        if (!HasTrajectory)
        {
            throw new DiffusionException(
                $"'{_source}' has no output '{CompiledNames.Trajectory}', which contains the steps. Compile it again with the trajectory.");
        }

        Validate(job, execution ?? new ExecutionOptions(), isInMemory: true);
        return Draw();

        // The file gives all steps at once, when the first is asked for.
        IEnumerable<SampleFrame> Draw()
        {
            float[][] steps = Steps(job, execution, cancellationToken);
            int step = 0;
            foreach (NoiseLevel level in Plan.Tableau.StepLevels)
            {
                yield return new SampleFrame(step, level, new SampleBatch(steps[step], Signature.Shape));
                step++;
            }
        }
    }

    /// <summary>Releases the model, once the runs under way have ended.</summary>
    public override void Dispose() => _model.Dispose();

    /// <summary>Takes over an open session; it is disposed if it is no compiled sampler.</summary>
    internal static CompiledSampler FromOpened(OpenedModel opened)
    {
        try
        {
            return new CompiledSampler(opened.Session, opened.Cost, opened.Source);
        }
        catch
        {
            opened.Session.Dispose();
            throw;
        }
    }

    /// <summary>Compares the cells that the file itself gives out with those that its samples decode to.</summary>
    /// <param name="job">What to draw.</param>
    /// <returns>A description of the first difference; null if there is none.</returns>
    internal string? FindCellDifference(SamplingJob job)
    {
        string? difference = null;
        Compute(job, (0, (int)job.Count), [CompiledNames.Sample, .. _cells.OutputNames], results =>
        {
            SampleBatch samples = new(results[0].GetTensorDataAsSpan<float>().ToArray(), Signature.Shape);
            difference = _cells.FindDifference([.. results.Skip(1)], Decoder.ToTable(samples));
        });
        return difference;
    }

    internal override void Validate(SamplingJob job, ExecutionOptions execution, bool isInMemory)
    {
        ValidateCount(job, isInMemory);
        execution.Validate();
        string? wrong = job.Plan is not null && job.Plan != Plan ? "solver"
            : job.Clipping is not null ? "clipping"
            : job.Constraint is not null ? "constraint"
            : job.Guidance is not null ? "guidance"
            : job.Conditions is not null || job.Query is not null ? "given cells"
            : null;
        if (wrong is not null)
        {
            throw new DiffusionException(
                $"'{_source}' is a compiled sampler ({Plan.Caption}), whose {wrong} cannot be chosen. "
                    + "Leave it out, or use the network that the file was compiled from.");
        }
    }

    /// <summary>Computes the samples at the start and after every step, <c>[steps + 1][n·Size]</c>.</summary>
    private float[][] Steps(SamplingJob job, ExecutionOptions? execution, CancellationToken cancellationToken)
    {
        int size = Signature.Shape.Size;
        float[][] frames = [.. Enumerable.Range(0, Plan.Tableau.Steps + 1).Select(_ => new float[job.Count * size])];
        Run(job, execution, CompiledNames.Trajectory, Keep, progress: null, cancellationToken);
        return frames;

        void Keep(ReadOnlySpan<float> steps, (int First, int Count) chunk)
        {
            int length = chunk.Count * Card.Data.Width;
            for (int step = 0; step < frames.Length; step++)
            {
                _output.CopyLearned(steps.Slice(step * length, length), Chunks.Slice(frames[step].AsSpan(), chunk, size));
            }
        }
    }

    private void Run(
        SamplingJob job, ExecutionOptions? execution, string output, Keep keep,
        IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        int count = (int)job.Count;
        int rows = Plan.Tableau.Rows.Length;
        ResolvedExecution resolved = ResolvedExecution.For(execution ?? new ExecutionOptions(), count, _cost);
        (int First, int Count)[] chunks = Chunks.Split(count, resolved.ChunkSize);
        long done = 0;
        using Activity? activity = SamplerTelemetry.Start(SamplerTelemetry.Sample, Card.Data.Name, Plan.Label, count, rows);
        try
        {
            Chunks.ForEach(chunks.Length, resolved.Threads, RunChunk, cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }

        // Progress is reported once the model is free again: whoever hears of it may sample, or release the model.
        void RunChunk(int k)
        {
            Compute(job, chunks[k], output, keep);
            SamplerTelemetry.Count(chunks[k].Count, rows, SamplerTelemetry.Sample);
            progress?.Report(new SamplingProgress(Interlocked.Add(ref done, (long)chunks[k].Count * rows), (long)count * rows));
        }
    }

    private void Compute(SamplingJob job, (int First, int Count) chunk, string output, Keep keep)
        => Compute(job, chunk, [output], results =>
        {
            ReadOnlySpan<float> values = results[0].GetTensorDataAsSpan<float>();
            _output.RequireFinite(values);
            keep(values, chunk);
        });

    private void Compute(
        SamplingJob job, (int First, int Count) chunk, IReadOnlyList<string> outputs, Action<IReadOnlyList<OrtValue>> use)
    {
        using CompiledNoise noise = new(Card.Data.Dimension, Plan.Tableau, job, chunk, _cells);
        using OnnxModel.Lease lease = _model.Use(this);
        try
        {
            using RunOptions runOptions = new();
            using IDisposableReadOnlyCollection<OrtValue> results = _model.Session.Run(
                runOptions, [.. CompiledContract.Inputs(Plan.Tableau), .. _cells.InputNames], noise.Values, outputs);
            use(results);
        }
        catch (OnnxRuntimeException exception)
        {
            throw _model.Explain(exception);
        }
    }

    /// <summary>Takes what was computed for a chunk.</summary>
    private delegate void Keep(ReadOnlySpan<float> values, (int First, int Count) chunk);
}
