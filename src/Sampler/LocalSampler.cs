using System.Runtime.CompilerServices;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Files;
using Diffusion.Points;

namespace Diffusion.Sampling;

/// <summary>A sampler that runs on this machine: what networks and compiled files have in common. Safe to use from many threads at
/// once.</summary>
public abstract partial class LocalSampler : ISampler
{
    /// <summary>The number of samples in a piece by default: large enough to keep many threads busy, small enough to be nothing in
    /// memory.</summary>
    public const int DefaultPieceSize = 65_536;

    private protected LocalSampler()
    {
    }

    /// <summary>Loads a network or a compiled sampler, whichever a file is. The file is read once, so that nothing can change in
    /// between.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="options">How to load it; by default as <see cref="ModelOptions"/> has it.</param>
    /// <exception cref="DiffusionException">The file is missing or is not a model that can be sampled.</exception>
    public static LocalSampler LoadAny(string path, ModelOptions? options = null)
    {
        string source = options?.Name ?? path;
        options?.Card?.Validate(source);
        OpenedModel opened = OnnxSession.Open(InputFile.ReadBytes(path), source, options?.Session);
        return opened.Session.ModelMetadata.CustomMetadataMap.ContainsKey(SolverInfo.Key)
            ? CompiledSampler.FromOpened(opened)
            : DiffusionSampler.FromNetwork(OnnxDenoiser.FromOpened(opened, options?.Card), source);
    }

    /// <inheritdoc/>
    public abstract ModelCard Card { get; }

    /// <inheritdoc/>
    public abstract DenoiserSignature Signature { get; }

    /// <inheritdoc/>
    public abstract SamplingPlan Plan { get; }

    /// <inheritdoc/>
    public abstract IDecoder Decoder { get; }

    /// <summary>Draws samples, on the calling thread and others.</summary>
    /// <inheritdoc cref="ISampler.RunAsync"/>
    public abstract void Run(
        SamplingJob job, Memory<float> samples, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Draws samples and shows all of them at the start and after every step. Frames are made as they are asked for; none is
    /// kept.</summary>
    /// <inheritdoc cref="ISampler.StreamAsync"/>
    public abstract IEnumerable<SampleFrame> Stream(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default);

    /// <summary>Draws samples on the thread pool.</summary>
    /// <inheritdoc cref="ISampler.RunAsync"/>
    public Task RunAsync(
        SamplingJob job, Memory<float> samples, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Task.Run(() => Run(job, samples, execution, progress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SampleFrame> StreamAsync(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
        => OnThreadPool(token => Stream(job, execution, token), cancellationToken);

    /// <summary>Draws points by the sampler's own plan.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data.</returns>
    /// <exception cref="DiffusionException">The number is out of range.</exception>
    public PointSet Sample(int count, ulong seed = 0) => Sample(new SamplingJob { Count = count, Seed = seed });

    /// <summary>Draws points.</summary>
    /// <param name="job">What to draw.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data: the learned columns, rounded to float32.</returns>
    /// <exception cref="DiffusionException">The job does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The job was ended early.</exception>
    public PointSet Sample(
        SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        float[] points = Draw(job, execution, progress, cancellationToken);
        Decoder.RestorePoints(points);
        return new PointSet(points, Signature.Shape.Size, Card.Data.Columns);
    }

    /// <summary>Draws points into memory of the caller's.</summary>
    /// <param name="points">Receives the points, <c>[n, d]</c>, in the units of the data, where n is the number that the job asks
    /// for.</param>
    /// <param name="job">What to draw.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <exception cref="DiffusionException">The job does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The job was ended early.</exception>
    public void SampleInto(
        Memory<float> points, SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        Run(job, points, execution, progress, cancellationToken);
        Decoder.RestorePoints(points.Span);
    }

    /// <summary>Draws points piece by piece, as they are asked for: more of them than fit into memory. Put together, they are the points of
    /// the job.</summary>
    /// <param name="job">What to draw; noise and conditions are those of all points.</param>
    /// <param name="pieceSize">The number of points in a piece, at least 1; the last piece may have fewer.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports of the whole, from any thread.</param>
    /// <param name="cancellationToken">Ends the job early.</param>
    /// <returns>The pieces in order, in the units of the data.</returns>
    /// <exception cref="DiffusionException">The job does not fit the model.</exception>
    public IEnumerable<PointSet> SamplePieces(
        SamplingJob job, int pieceSize = DefaultPieceSize, ExecutionOptions? execution = null,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        return Pieces.Draw(this, job, pieceSize, progress, (piece, part) => Sample(piece, execution, part, cancellationToken));
    }

    /// <summary>Draws points and shows all of them, in the units of the data, at the start and after every step.</summary>
    /// <inheritdoc cref="Stream"/>
    public IEnumerable<Frame> Frames(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        return Stream(job, execution, cancellationToken).Select(ToFrame);
    }

    /// <summary>Draws points on the thread pool and shows all of them, in the units of the data, at the start and after every step. The
    /// caller's thread is free while a frame is computed.</summary>
    /// <inheritdoc cref="Stream"/>
    public IAsyncEnumerable<Frame> FramesAsync(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
        => OnThreadPool(token => Frames(job, execution, token), cancellationToken);

    /// <summary>Releases the model.</summary>
    public abstract void Dispose();

    /// <summary>Checks that a job fits the model and, if they are to be in memory at once, that its samples do.</summary>
    /// <exception cref="DiffusionException">It does not.</exception>
    internal abstract void Validate(SamplingJob job, ExecutionOptions execution, bool isInMemory);

    private protected void ValidateCount(SamplingJob job, bool isInMemory)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (isInMemory)
        {
            job.ValidateInMemory(Signature);
        }
        else
        {
            job.Validate(Signature);
        }
    }

    private protected static void RequireLength(SamplingJob job, int length, int size)
    {
        if (length != job.Count * size)
        {
            throw new DiffusionException($"The memory must have room for {job.Count * size} values; has {length}.");
        }
    }

    private float[] Draw(
        SamplingJob job, ExecutionOptions? execution, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        Validate(job, execution ?? new ExecutionOptions(), isInMemory: true);
        float[] samples = new float[job.Count * Signature.Shape.Size];
        Run(job, samples, execution, progress, cancellationToken);
        return samples;
    }

    private Frame ToFrame(SampleFrame frame)
    {
        float[] points = frame.Samples.Values.ToArray();
        Decoder.RestorePoints(points);
        return new Frame(frame.Step, frame.Level, new PointSet(points, Signature.Shape.Size, Card.Data.Columns));
    }

    /// <summary>Draws frames on the thread pool. The job is checked at once; whoever cancels ends the work within a frame.</summary>
    private static IAsyncEnumerable<T> OnThreadPool<T>(Func<CancellationToken, IEnumerable<T>> draw, CancellationToken cancellationToken)
    {
        _ = draw(cancellationToken);
        return Draw(cancellationToken);

        async IAsyncEnumerable<T> Draw([EnumeratorCancellation] CancellationToken token)
        {
            using IEnumerator<T> enumerator = draw(token).GetEnumerator();
            while (await Task.Run(enumerator.MoveNext, token).ConfigureAwait(false))
            {
                yield return enumerator.Current;
            }
        }
    }
}
