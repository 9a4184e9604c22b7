using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Sampling;

/// <content>Rows of tables.</content>
public abstract partial class LocalSampler
{
    /// <summary>Draws rows of the table that the model was trained on, by the sampler's own plan.</summary>
    /// <param name="count">The number n of rows, at least 1.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <returns>The rows, with all columns.</returns>
    /// <exception cref="DiffusionException">The number is out of range.</exception>
    public Table SampleTable(int count, ulong seed = 0) => SampleTable(new SamplingJob { Count = count, Seed = seed });

    /// <summary>Draws rows of the table that the model was trained on.</summary>
    /// <inheritdoc cref="Sample(SamplingJob, ExecutionOptions?, IProgress{SamplingProgress}?, CancellationToken)"/>
    /// <returns>The rows, with all columns.</returns>
    public Table SampleTable(
        SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Decoder.ToTable(new SampleBatch(Draw(job, execution, progress, cancellationToken), Signature.Shape));

    /// <summary>Draws rows of a table piece by piece, as they are asked for: more of them than fit into memory. Put together, they are the
    /// rows of the job.</summary>
    /// <inheritdoc cref="SamplePieces"/>
    /// <returns>The pieces in order.</returns>
    public IEnumerable<Table> SampleTablePieces(
        SamplingJob job, int pieceSize = DefaultPieceSize, ExecutionOptions? execution = null,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => Pieces.Draw(this, job, pieceSize, progress, (piece, part) => SampleTable(piece, execution, part, cancellationToken));

    /// <summary>Draws rows of a table piece by piece on the thread pool. The caller's thread is free while a piece is computed.</summary>
    /// <inheritdoc cref="SampleTablePieces"/>
    public IAsyncEnumerable<Table> SampleTablePiecesAsync(
        SamplingJob job, int pieceSize = DefaultPieceSize, ExecutionOptions? execution = null,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => OnThreadPool(token => SampleTablePieces(job, pieceSize, execution, progress, token), cancellationToken);

    /// <summary>Draws rows of numbers, for the model of points or of a table of plain numbers: in double precision, with the columns that
    /// are always the same.</summary>
    /// <inheritdoc cref="Sample(SamplingJob, ExecutionOptions?, IProgress{SamplingProgress}?, CancellationToken)"/>
    /// <returns>The rows, <c>[n, D]</c>, in the units of the data.</returns>
    public NumericTable SampleNumbers(
        SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        return Decoder.ToNumbers(new SampleBatch(Draw(job, execution, progress, cancellationToken), Signature.Shape));
    }

    /// <summary>Draws rows of numbers piece by piece, as they are asked for. Put together, they are the rows of the job.</summary>
    /// <inheritdoc cref="SamplePieces"/>
    public IEnumerable<NumericTable> SampleNumberPieces(
        SamplingJob job, int pieceSize = DefaultPieceSize, ExecutionOptions? execution = null,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        return Pieces.Draw(this, job, pieceSize, progress, (piece, part) => SampleNumbers(piece, execution, part, cancellationToken));
    }

    /// <summary>Draws rows of numbers and shows all of them at the start and after every step.</summary>
    /// <inheritdoc cref="Stream"/>
    public IEnumerable<NumericTable> NumberFrames(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        Card.Data.RequirePoints();
        return Stream(job, execution, cancellationToken).Select(frame => Decoder.ToNumbers(frame.Samples));
    }
}
