using System.Runtime.CompilerServices;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>Draws points from a trained model. Safe to use from many threads at once.</summary>
public sealed partial class DiffusionSampler : ISampler
{
    /// <summary>The number of points in a piece where none is asked for: large enough to keep many threads busy, small enough to
    /// be nothing in memory.</summary>
    public const int UsualPieceSize = 65_536;

    /// <summary>Samples with any predictor, such as a closed form. A predictor that is disposable is disposed with the sampler.</summary>
    /// <exception cref="DiffusionException">The card breaks a rule that a card in a file has to keep, or the dimensions differ.</exception>
    public DiffusionSampler(INoisePredictor predictor, ModelCard card)
        : this(predictor, Validated(card, ModelOptions.UsualName), ModelOptions.UsualName)
    {
    }

    /// <summary>The same with a card that keeps the rules.</summary>
    private DiffusionSampler(INoisePredictor predictor, ModelCard card, string source)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        if (predictor.Dimension != card.Data.Dimension)
        {
            throw new DiffusionException(
                $"'{source}' has the dimension {predictor.Dimension}, but its model card says {card.Data.Dimension}.");
        }

        Predictor = card.Prediction == PredictionType.Epsilon
            ? predictor
            : new PredictionTypeAdapter(predictor, card.Schedule, card.Prediction);
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
        return FromPredictor(OnnxNoisePredictor.FromBytes(model, source, options?.Session), options, source);
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
    public PointSet Sample(
        int count, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
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
    public void Sample(
        Span<float> points, SamplerOptions options,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (int count, int rest) = Math.DivRem(points.Length, Card.Data.Dimension);
        if (rest != 0)
        {
            throw new DiffusionException(
                $"The number of values must be a multiple of the dimension {Card.Data.Dimension}; was {points.Length}.");
        }

        Draw(Prepare(count, options), points, progress, cancellationToken);
    }

    /// <summary>Draws points piece by piece, as they are asked for: more of them than fit into memory. Put together, they are the
    /// points of one large run.</summary>
    /// <param name="count">The number n of points in all, at least 1.</param>
    /// <param name="options">How to draw them; initial noise must hold all n points.</param>
    /// <param name="pieceSize">The number of points in a piece, at least 1; the last piece may have fewer.</param>
    /// <param name="progress">Is told how far the whole has come, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The pieces in order, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<PointSet> SamplePieces(
        long count, SamplerOptions options, int pieceSize = UsualPieceSize,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => Pieces.Draw(
            Card.Data.Dimension, count, options, pieceSize, () => options.BuildTableau(Card.Schedule), progress,
            (size, piece, part) => Sample(size, piece, part, cancellationToken));

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
        => Pieces.Draw(
            Card.Data.Dimension, count, options, pieceSize, () => options.BuildTableau(Card.Schedule), progress,
            (size, piece, part) => SampleTable(size, piece, part, cancellationToken));

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
    public PointSet Encode(
        PointSet points, SamplerOptions options,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
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
        NumericTable table, SamplerOptions options, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => EncodeStandard(DataUnits.Standardize(Card.Data, table), options, progress, cancellationToken);

    private PointSet EncodeStandard(
        PointSet points, SamplerOptions options, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Noise is not null)
        {
            throw new DiffusionException("Encoding computes the initial noise; it must not be specified.");
        }

        options.Validate(points.Count, points.Dimension);
        Tableau tableau = DdimInversion.Build(Card.Schedule, (options with { Solver = new Ddim() }).ChooseTimesteps(Card.Schedule));
        float[] noise = new float[points.Values.Length];
        SamplingRun run = new(Card, Limited(options), tableau, points.Count, options with { Solver = new Ddim() }, points)
        {
            Operation = SamplerTelemetry.Encode,
        };
        run.Into(noise, progress, cancellationToken);
        return new PointSet(noise, points.Dimension);
    }

    /// <summary>Draws points and shows all of them after every step, the prior first. Frames are made as they are asked for;
    /// none is kept.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>One frame for the prior and one for each step; the last holds the points that
    /// <see cref="Sample(int, SamplerOptions, IProgress{SamplingProgress}?, CancellationToken)"/> gives.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<Frame> Stream(int count, SamplerOptions options, CancellationToken cancellationToken = default)
        => Prepare(count, options).Frames(cancellationToken);

    /// <summary>The same without holding the caller's thread: each frame is computed on the thread pool while the caller
    /// awaits it.</summary>
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

    /// <summary>Takes over a network; it is disposed if its card does not fit.</summary>
    internal static DiffusionSampler FromPredictor(OnnxNoisePredictor predictor, ModelOptions? options, string source)
    {
        try
        {
            // A card that is read from a file is checked as it is read.
            ModelCard card = options?.Card is { } given ? Validated(given, source) : ModelCard.FromMetadata(predictor.Metadata, source);
            return new DiffusionSampler(predictor, card, source);
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    private static ModelCard Validated(ModelCard card, string source)
    {
        ArgumentNullException.ThrowIfNull(card);
        card.Validate(source);
        return card;
    }

    private INoisePredictor Limited(SamplerOptions options)
    {
        ClippingOptions? clipping = options.Clipping ?? ClippingOptions.FromCard(Card);
        return clipping is null ? Predictor : new CleanDataLimit(Predictor, Card.Schedule, clipping);
    }

    private void RequireDimension(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Dimension != Card.Data.Dimension)
        {
            throw new DiffusionException(
                $"The dimension of the points must be {Card.Data.Dimension}, as in training; was {points.Dimension}.");
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
