using System.Diagnostics;
using System.Runtime.CompilerServices;
using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>Draws points from a trained model. Safe to use from many threads at once.</summary>
public sealed class DiffusionSampler : IDisposable
{
    /// <summary>The number of points in a piece where none is asked for: large enough to keep many threads busy, small enough to be nothing in memory.</summary>
    public const int UsualPieceSize = 65_536;

    /// <summary>Samples with any predictor, such as a closed form. A predictor that is disposable is disposed with the sampler.</summary>
    /// <exception cref="DiffusionException">The dimensions differ.</exception>
    public DiffusionSampler(INoisePredictor predictor, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(card);
        if (predictor.Dimension != card.Data.Dimension)
        {
            throw new DiffusionException($"The network takes points of dimension {predictor.Dimension}, its card says {card.Data.Dimension}.");
        }

        Predictor = card.Prediction == PredictionType.Epsilon ? predictor : new PredictionTypeAdapter(predictor, card.Schedule, card.Prediction);
        Card = card;
    }

    /// <summary>What the model says about itself.</summary>
    public ModelCard Card { get; }

    /// <summary>The network as a prediction of ε, whatever it was trained to predict, in its own units.</summary>
    public INoisePredictor Predictor { get; }

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="options">How to load it; by default as <see cref="ModelOptions"/> has it.</param>
    /// <exception cref="DiffusionException">The file is missing or is not a model that can be sampled.</exception>
    public static DiffusionSampler Load(string path, ModelOptions? options = null)
        => Load(InputFile.ReadBytes(path), (options ?? new ModelOptions()) with { Name = options?.Name ?? path });

    /// <summary>Loads a model from a stream, such as an embedded resource.</summary>
    /// <param name="stream">The content of an .onnx file, from here to its end; left open.</param>
    /// <param name="options">How to load it; by default as <see cref="ModelOptions"/> has it.</param>
    /// <exception cref="DiffusionException">The stream is not a model that can be sampled.</exception>
    public static DiffusionSampler Load(Stream stream, ModelOptions? options = null)
        => Load(InputFile.ReadBytes(stream, options?.Name ?? ModelOptions.UsualName), options);

    /// <summary>Loads a model that is in memory.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="options">How to load it; by default as <see cref="ModelOptions"/> has it.</param>
    /// <exception cref="DiffusionException">The bytes are not a model that can be sampled.</exception>
    public static DiffusionSampler Load(byte[] model, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        string source = options?.Name ?? ModelOptions.UsualName;
        return Own(OnnxNoisePredictor.FromBytes(model, source, options?.Session), options, source);
    }

    /// <summary>Draws points with default options.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data.</returns>
    public PointSet Sample(int count, ulong seed = 0) => Sample(count, new SamplerOptions { Seed = seed });

    /// <summary>Draws points.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data: the learned columns, rounded to float32. <see cref="SampleTable"/>
    /// gives whole tables.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public PointSet Sample(int count, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        SamplingRun run = Prepare(count, options);
        float[] points = new float[count * Card.Data.Dimension];
        Draw(run, points, progress, cancellationToken);
        return new PointSet(points, Card.Data.Dimension, Card.Data.Columns);
    }

    /// <summary>Draws as many points as fit into memory of the caller's.</summary>
    /// <param name="points">Receives the points, <c>[n, d]</c>, in the units of the data; its length is a multiple of d.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="DiffusionException">An option, or the length of the memory, is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public void Sample(Span<float> points, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (int count, int rest) = Math.DivRem(points.Length, Card.Data.Dimension);
        if (rest != 0)
        {
            throw new DiffusionException($"The memory for points of dimension {Card.Data.Dimension} must hold a multiple of {Card.Data.Dimension} numbers, holds {points.Length}.");
        }

        Draw(Prepare(count, options), points, progress, cancellationToken);
    }

    /// <summary>Draws points piece by piece, as they are asked for: more of them than fit into memory. Put together, they are the points of one large run.</summary>
    /// <param name="count">The number n of points in all, at least 1.</param>
    /// <param name="options">How to draw them; initial noise must hold all n points.</param>
    /// <param name="pieceSize">The number of points in a piece, at least 1; the last piece may have fewer.</param>
    /// <param name="progress">Is told how far the whole has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The pieces in order, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<PointSet> SamplePieces(long count, SamplerOptions options, int pieceSize = UsualPieceSize, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => DrawPieces(count, options, pieceSize, progress, (size, piece, part) => Sample(size, piece, part, cancellationToken));

    /// <summary>Draws rows of the table that the model was trained on: in double precision, with the columns that are always the
    /// same.</summary>
    /// <param name="count">The number n of rows, at least 1.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The rows, <c>[n, D]</c>, in the units of the data. The learned columns, rounded to float32, are what
    /// <see cref="Sample(int, SamplerOptions, IProgress{SamplingProgress}?, CancellationToken)"/> gives.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public NumericTable SampleTable(
        int count, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        SamplingRun run = Prepare(count, options);
        float[] points = new float[count * Card.Data.Dimension];
        run.Into(points, progress, cancellationToken);
        return DataUnits.RestoreTable(Card.Data, new PointSet(points, Card.Data.Dimension));
    }

    /// <summary>Draws rows of a table piece by piece, as they are asked for. Put together, they are the rows of one large run.</summary>
    /// <param name="count">The number n of rows in all, at least 1.</param>
    /// <param name="options">How to draw them; initial noise must hold all n points.</param>
    /// <param name="pieceSize">The number of rows in a piece, at least 1; the last piece may have fewer.</param>
    /// <param name="progress">Is told how far the whole has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The pieces in order, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<NumericTable> SampleTablePieces(
        long count, SamplerOptions options, int pieceSize = UsualPieceSize,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => DrawPieces(count, options, pieceSize, progress, (size, piece, part) => SampleTable(size, piece, part, cancellationToken));

    /// <summary>Draws rows of a table and shows all of them after every step, the prior first.</summary>
    /// <param name="count">The number n of rows, at least 1.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>One table <c>[n, D]</c> for the prior and one for each step; the last holds the rows that <see cref="SampleTable"/>
    /// gives.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<NumericTable> StreamTables(int count, SamplerOptions options, CancellationToken cancellationToken = default)
        => Prepare(count, options).Tables(cancellationToken);

    /// <summary>Finds the noise that points come from: <see cref="DdimInversion"/> on the grid that the options name.</summary>
    /// <param name="points">The points, <c>[n, d]</c>, in the units of the data.</param>
    /// <param name="options">The grid and the number of steps, by default those of <see cref="Ddim"/>; its solver does not matter.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>x_T, <c>[n, d]</c>, as <see cref="SamplerOptions.Noise"/> takes it.</returns>
    /// <exception cref="DiffusionException">An option is out of range, or the points have another dimension.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public PointSet Encode(PointSet points, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireDimension(points);
        return EncodeStandard(DataUnits.Standardize(Card.Data, points), options, progress, cancellationToken);
    }

    /// <summary>Finds the noise that rows of a table come from; they are taken in double precision.</summary>
    /// <param name="table">The rows in the units of the data: all columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <param name="options">The grid and the number of steps, by default those of <see cref="Ddim"/>; its solver does not matter.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>x_T, <c>[n, d]</c>, as <see cref="SamplerOptions.Noise"/> takes it.</returns>
    /// <exception cref="DiffusionException">An option is out of range, or the table has another width.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public PointSet Encode(
        NumericTable table, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => EncodeStandard(DataUnits.Standardize(Card.Data, table), options, progress, cancellationToken);

    private PointSet EncodeStandard(
        PointSet points, SamplerOptions options, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Noise is not null)
        {
            throw new DiffusionException("Encoding finds the noise that points come from; none can be given.");
        }

        options.Validate(points.Count, points.Dimension);
        Tableau tableau = DdimInversion.Build(Card.Schedule, (options with { Solver = new Ddim() }).ChooseTimesteps(Card.Schedule));
        float[] noise = new float[points.Values.Length];
        SamplingRun run = new(Card, Limited(options), tableau, points.Count, options with { Solver = new Ddim() }, points) { Operation = SamplerTelemetry.Encode };
        run.Into(noise, progress, cancellationToken);
        return new PointSet(noise, points.Dimension);
    }

    /// <summary>The log-likelihood of points under the model, by the probability-flow ODE; for few dimensions, as its cost grows with d.</summary>
    /// <param name="points">The points, <c>[n, d]</c>, in the units of the data.</param>
    /// <param name="options">How to compute it; by default as <see cref="LikelihoodOptions"/> has it.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>log p in nats, <c>[n]</c>, of the density per unit of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range, or the points have another dimension.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public double[] LogLikelihood(PointSet points, LikelihoodOptions? options = null, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireDimension(points);
        return LogLikelihoodOf(DataUnits.Standardize(Card.Data, points), options ?? new LikelihoodOptions(), progress, cancellationToken);
    }

    /// <summary>The log-likelihood of rows of a table, which are taken in double precision. Columns that are always the same have no
    /// density and are not counted.</summary>
    /// <param name="table">The rows in the units of the data: all columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <param name="options">How to compute it; by default as <see cref="LikelihoodOptions"/> has it.</param>
    /// <param name="progress">Is told how far the run has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>log p in nats, <c>[n]</c>, of the density of the learned columns per unit of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range, or the table has another width.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public double[] LogLikelihood(
        NumericTable table, LikelihoodOptions? options = null, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => LogLikelihoodOf(DataUnits.Standardize(Card.Data, table), options ?? new LikelihoodOptions(), progress, cancellationToken);

    /// <summary>The log-likelihood of points as the network sees them, per unit of the data.</summary>
    private double[] LogLikelihoodOf(
        PointSet points, LikelihoodOptions options, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        double[] sigmas = options.Sigmas(Card.Schedule);
        double alphaBar = Card.Schedule.AlphaBarAt(options.Timestep);
        double[] result = new double[points.Count];
        (int First, int Count)[] ranges = Chunks.Of(points.Count, options.ChunkSize);
        double unit = Card.Data.Scale?.Sum(Math.Log) ?? 0;
        long done = 0;
        int evaluations = (sigmas.Length - 1) * Sampling.LogLikelihood.EvaluationsPerStep(points.Dimension);
        using Activity? activity = SamplerTelemetry.Start(SamplerTelemetry.Likelihood, Card.Data.Name, Sampling.LogLikelihood.MethodName, points.Count, evaluations);
        try
        {
            Chunks.ForEach(ranges.Length, options.Threads, Carry, cancellationToken);
            return result;
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }

        void Carry(int k)
        {
            LogLikelihood likelihood = new(Predictor, Card.Schedule, Chunks.Slice(points.Values, ranges[k], points.Dimension), alphaBar);
            for (int step = 1; step < sigmas.Length; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                likelihood.Advance(sigmas[step - 1], sigmas[step]);
                progress?.Report(new SamplingProgress(Interlocked.Add(ref done, ranges[k].Count), (long)points.Count * (sigmas.Length - 1)));
            }

            double[] nats = likelihood.At(Card.Schedule.TerminalAlphaBar, alphaBar);
            int wrong = Array.FindIndex(nats, value => !float.IsFinite((float)value));
            if (wrong >= 0)
            {
                throw new DiffusionException($"The log-likelihood of point {ranges[k].First + wrong + 1} is no finite number: it lies too far from the data, or the network answers with no numbers. Take it out.");
            }

            Array.ConvertAll(nats, value => value - unit).CopyTo(result, ranges[k].First);
            SamplerTelemetry.Count(ranges[k].Count, evaluations, SamplerTelemetry.Likelihood);
        }
    }

    /// <summary>Draws points and shows all of them after every step, the prior first. Frames are made as they are asked for; none is kept.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>One frame for the prior and one for each step; the last holds the points that <see cref="Sample(int, SamplerOptions, IProgress{SamplingProgress}?, CancellationToken)"/> gives.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<Frame> Stream(int count, SamplerOptions options, CancellationToken cancellationToken = default)
        => Prepare(count, options).Frames(cancellationToken);

    /// <summary>The same without holding the caller's thread: each frame is computed on the thread pool while the caller awaits it.</summary>
    /// <inheritdoc cref="Stream"/>
    public IAsyncEnumerable<Frame> StreamAsync(int count, SamplerOptions options, CancellationToken cancellationToken = default)
    {
        return OnThreadPool(Prepare(count, options), cancellationToken);

        static async IAsyncEnumerable<Frame> OnThreadPool(SamplingRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using IEnumerator<Frame> enumerator = run.Frames(cancellationToken).GetEnumerator();
            while (await Task.Run(enumerator.MoveNext, cancellationToken).ConfigureAwait(false))
            {
                yield return enumerator.Current;
            }
        }
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => (Predictor as IDisposable)?.Dispose();

    private static DiffusionSampler Own(OnnxNoisePredictor predictor, ModelOptions? options, string source)
    {
        try
        {
            ModelCard card = options?.Card ?? ModelCard.FromMetadata(predictor.Metadata, source);
            return predictor.Dimension == card.Data.Dimension
                ? new DiffusionSampler(predictor, card)
                : throw new DiffusionException($"'{source}' takes points of dimension {predictor.Dimension}, its card says {card.Data.Dimension}.");
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    private IEnumerable<T> DrawPieces<T>(
        long count, SamplerOptions options, int pieceSize, IProgress<SamplingProgress>? progress,
        Func<int, SamplerOptions, IProgress<SamplingProgress>?, T> sample)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ValidateAll(count, Card.Data.Dimension);
        return Pieces.Draw(count, options, pieceSize, options.BuildTableau(Card.Schedule).Rows.Length, progress, sample);
    }

    private INoisePredictor Limited(SamplerOptions options)
    {
        ClippingOptions? clipping = options.Clipping ?? (Card.ClipSample is { } bound ? new ClippingOptions { Bound = bound } : null);
        return clipping is null ? Predictor : new CleanDataLimit(Predictor, Card.Schedule, clipping);
    }

    private void RequireDimension(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Dimension != Card.Data.Dimension)
        {
            throw new DiffusionException($"The model was trained on points of dimension {Card.Data.Dimension}, these have {points.Dimension}.");
        }
    }

    private SamplingRun Prepare(int count, SamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(count, Card.Data.Dimension);
        return new SamplingRun(Card, Limited(options), options.BuildTableau(Card.Schedule), count, options, options.Noise);
    }

    private void Draw(SamplingRun run, Span<float> points, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        run.Into(points, progress, cancellationToken);
        DataUnits.Restore(Card.Data, points, points);
    }
}
