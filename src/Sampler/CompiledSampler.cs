using System.Diagnostics;
using System.Numerics.Tensors;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Solvers;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>
/// Runs a file that <c>diffusion compile</c> made, in which network, schedule and solver are one graph. The noise comes
/// from here: the same seed gives the points that the solver gives outside of the file, up to rounding. Safe to use from
/// many threads at once.
/// </summary>
public sealed class CompiledSampler : ISampler
{
    private readonly OnnxModel _model;
    private readonly string _source;
    private readonly int[] _learned;

    private CompiledSampler(InferenceSession session, string source)
    {
        IReadOnlyDictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Solver = SolverInfo.FromMetadata(metadata, source)
            ?? throw new DiffusionException(
                $"'{source}' is a network, not a compiled sampler: the metadata entry {SolverInfo.Key} is missing. Compile it first.");
        Card = ModelCard.FromMetadata(metadata, source);
        Tableau = Solver.ToTableau(source);
        CompiledContract.Check(session, Tableau, Card.Data, source);
        HasTrajectory = session.OutputNames.Contains(CompiledNames.Trajectory);
        _source = source;
        _learned = Card.Data.LearnedPositions();
        _model = new OnnxModel(session, source);
    }

    /// <summary>What the network in it says about itself.</summary>
    public ModelCard Card { get; }

    /// <summary>The solver in it.</summary>
    public SolverInfo Solver { get; }

    /// <summary>The rows of the solver.</summary>
    public Tableau Tableau { get; }

    /// <summary>Whether it can show the points after every step.</summary>
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
        return FromSession(OnnxSession.Open(model, source, options?.Session), source);
    }

    /// <summary>Takes over an open session; it is disposed if it is no compiled sampler.</summary>
    internal static CompiledSampler FromSession(InferenceSession session, string source)
    {
        try
        {
            return new CompiledSampler(session, source);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Draws points with default options.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data.</returns>
    public PointSet Sample(int count, ulong seed = 0) => Sample(count, new SamplerOptions { Seed = seed });

    /// <summary>Draws points.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">The seed or the noise, the chunks and the threads. The file has its own solver, steps
    /// and clipping, whatever these say.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run before the next chunk.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range, or the file cannot be computed.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public PointSet Sample(
        int count, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Validate(count, options);
        float[] points = new float[count * Card.Data.Dimension];
        Keep keep = (values, chunk) => Learned(values, Chunks.Slice(points.AsSpan(), chunk, Card.Data.Dimension));
        Run(count, options, CompiledNames.Sample, keep, progress, cancellationToken);
        return new PointSet(points, Card.Data.Dimension, Card.Data.Columns);
    }

    /// <summary>Draws points piece by piece, as they are asked for: more of them than fit into memory. Put together, they are the
    /// points of one large run.</summary>
    /// <param name="count">The number n of points in all, at least 1.</param>
    /// <param name="options">The seed or the noise of all n points, the chunks and the threads.</param>
    /// <param name="pieceSize">The number of points in a piece, at least 1; the last piece may have fewer.</param>
    /// <param name="progress">Is told how far the whole has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The pieces in order, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<PointSet> SamplePieces(
        long count, SamplerOptions options, int pieceSize = DiffusionSampler.UsualPieceSize,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => Pieces.Draw(
            Card.Data.Dimension, count, options, pieceSize, () => Tableau, progress,
            (size, piece, part) => Sample(size, piece, part, cancellationToken));

    /// <summary>Draws rows of the table that the model was trained on, with the columns that are always the same. The other columns are
    /// those that the file gives, in float32.</summary>
    /// <inheritdoc cref="Sample(int, SamplerOptions, IProgress{SamplingProgress}?, CancellationToken)"/>
    /// <returns>The rows, <c>[n, D]</c>, in the units of the data.</returns>
    public NumericTable SampleTable(
        int count, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => DataUnits.AddConstants(Card.Data, Sample(count, options, progress, cancellationToken));

    /// <summary>Draws rows of a table piece by piece, as they are asked for. Put together, they are the rows of one large run.</summary>
    /// <inheritdoc cref="SamplePieces"/>
    public IEnumerable<NumericTable> SampleTablePieces(
        long count, SamplerOptions options, int pieceSize = DiffusionSampler.UsualPieceSize,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => Pieces.Draw(
            Card.Data.Dimension, count, options, pieceSize, () => Tableau, progress,
            (size, piece, part) => SampleTable(size, piece, part, cancellationToken));

    /// <summary>Draws rows of a table and shows all of them at the start and after every step.</summary>
    /// <inheritdoc cref="Frames"/>
    /// <returns>One table <c>[n, D]</c> for the prior and one for each step.</returns>
    public IEnumerable<NumericTable> FrameTables(int count, SamplerOptions options, CancellationToken cancellationToken = default)
        => Frames(count, options, cancellationToken).Select(frame => DataUnits.AddConstants(Card.Data, frame.Points));

    /// <summary>Draws points and shows all of them at the start and after every step.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">The seed or the noise, the chunks and the threads.</param>
    /// <param name="cancellationToken">Ends the run before the next chunk.</param>
    /// <returns>One frame for the prior and one for each step.</returns>
    public IReadOnlyList<Frame> Frames(int count, SamplerOptions options, CancellationToken cancellationToken = default)
    {
        if (!HasTrajectory)
        {
            throw new DiffusionException(
                $"'{_source}' has no output '{CompiledNames.Trajectory}', which contains the steps. Compile it again with the trajectory.");
        }

        Validate(count, options);
        float[][] frames = [.. Enumerable.Range(0, Tableau.Steps + 1).Select(_ => new float[count * Card.Data.Dimension])];
        Run(count, options, CompiledNames.Trajectory, Keep, progress: null, cancellationToken);
        double[] timesteps = [Tableau.FirstTimestep, .. Tableau.Rows.Where(row => row.EndsStep).Select(row => row.NextTimestep)];
        return [.. frames.Select((points, step) => new Frame(
            step,
            timesteps[step],
            Card.Schedule.AlphaBarAt(timesteps[step]),
            new PointSet(points, Card.Data.Dimension, Card.Data.Columns)))];

        void Keep(ReadOnlySpan<float> steps, (int First, int Count) chunk)
        {
            int length = chunk.Count * Card.Data.Width;
            for (int step = 0; step < frames.Length; step++)
            {
                Learned(steps.Slice(step * length, length), Chunks.Slice(frames[step].AsSpan(), chunk, Card.Data.Dimension));
            }
        }
    }

    /// <summary>Releases the model, once the runs under way have ended.</summary>
    public void Dispose() => _model.Dispose();

    private void Validate(int count, SamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(count, Card.Data.Dimension);
    }

    /// <summary>Takes the learned columns <c>[n, d]</c> out of rows <c>[n, D]</c> that the file gave, whose constants must be those of the
    /// card.</summary>
    private void Learned(ReadOnlySpan<float> rows, Span<float> points)
    {
        if (Card.Data.Constants is not { } constants)
        {
            rows.CopyTo(points);
            return;
        }

        for (int first = 0; first < rows.Length; first += Card.Data.Width)
        {
            ReadOnlySpan<float> row = rows.Slice(first, Card.Data.Width);
            for (int k = 0; k < _learned.Length; k++)
            {
                points[(first / Card.Data.Width * _learned.Length) + k] = row[_learned[k]];
            }

            foreach (ConstantColumn constant in constants)
            {
                if (row[constant.Position] != (float)constant.Value)
                {
                    throw new DiffusionException(
                        $"'{_source}': column {constant.Position + 1} must be {constant.Value}, as its model card says; "
                            + $"was {row[constant.Position]}. Compile it again.");
                }
            }
        }
    }

    private void Run(
        int count, SamplerOptions options, string output, Keep keep,
        IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        (int First, int Count)[] chunks = Chunks.Of(count, options.ChunkSize);
        long done = 0;
        using Activity? activity = SamplerTelemetry.Start(SamplerTelemetry.Sample, Card.Data.Name, Solver.Name, count, Tableau.Rows.Length);
        try
        {
            Chunks.ForEach(chunks.Length, options.Threads, RunChunk, cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }

        // Progress is reported once the model is free again: whoever hears of it may sample, or release the model.
        void RunChunk(int k)
        {
            Compute(k);
            SamplerTelemetry.Count(chunks[k].Count, Tableau.Rows.Length, SamplerTelemetry.Sample);
            progress?.Report(new SamplingProgress(
                Interlocked.Add(ref done, (long)chunks[k].Count * Tableau.Rows.Length), (long)count * Tableau.Rows.Length));
        }

        void Compute(int k)
        {
            using CompiledNoise noise = new(Card.Data.Dimension, Tableau, options, chunks[k]);
            using OnnxModel.Lease lease = _model.Use(this);
            try
            {
                using RunOptions runOptions = new();
                using IDisposableReadOnlyCollection<OrtValue> results = _model.Session.Run(
                    runOptions, CompiledContract.Inputs(Tableau), noise.Values, [output]);
                ReadOnlySpan<float> points = results[0].GetTensorDataAsSpan<float>();
                RequireFinite(points);
                keep(points, chunks[k]);
            }
            catch (OnnxRuntimeException exception)
            {
                throw _model.Explain(exception);
            }
        }
    }

    private void RequireFinite(ReadOnlySpan<float> points)
    {
        if (!TensorPrimitives.IsFiniteAll(points))
        {
            throw new DiffusionException(
                $"'{_source}' gives points that are not finite. Sample its network step by step to find the cause, or train it again.");
        }
    }

    /// <summary>Takes what was computed for a chunk.</summary>
    private delegate void Keep(ReadOnlySpan<float> values, (int First, int Count) chunk);
}
