using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Solvers;
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
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.Query is not null)
        {
            return Table.Concat([.. SampleTablePieces(job, DefaultPieceSize, execution, progress, cancellationToken)]);
        }

        float[] samples = Draw(job, execution, progress, cancellationToken);
        job.Conditions?.CopyGivenTo(samples);
        return Decoder.ToTable(new SampleBatch(samples, Signature.Shape));
    }

    /// <summary>Draws rows of the table that the model was trained on, on the thread pool.</summary>
    /// <inheritdoc cref="SampleTable(SamplingJob, ExecutionOptions?, IProgress{SamplingProgress}?, CancellationToken)"/>
    public Task<Table> SampleTableAsync(
        SamplingJob job, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Task.Run(() => SampleTable(job, execution, progress, cancellationToken), cancellationToken);

    /// <summary>Draws rows of a table piece by piece, as they are asked for: more of them than fit into memory. Put together, they are the
    /// rows of the job.</summary>
    /// <inheritdoc cref="SamplePieces"/>
    /// <returns>The pieces in order.</returns>
    public IEnumerable<Table> SampleTablePieces(
        SamplingJob job, int pieceSize = DefaultPieceSize, ExecutionOptions? execution = null,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceSize, 1);
        if (job.Query is not { } query)
        {
            return Pieces.Draw(this, job, pieceSize, progress, (piece, part) => SampleTable(piece, execution, part, cancellationToken));
        }

        Validate(job, execution ?? new ExecutionOptions(), isInMemory: false);
        return new QueriedRows(this, query).Draw(job, pieceSize, execution, progress, cancellationToken);
    }

    /// <summary>Draws rows of a table piece by piece on the thread pool. The caller's thread is free while a piece is computed.</summary>
    /// <inheritdoc cref="SampleTablePieces"/>
    public IAsyncEnumerable<Table> SampleTablePiecesAsync(
        SamplingJob job, int pieceSize = DefaultPieceSize, ExecutionOptions? execution = null,
        IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
        => OnThreadPool(token => SampleTablePieces(job, pieceSize, execution, progress, token), cancellationToken);

    /// <summary>Fills the missing cells of rows, by what the model has learned of such rows. Cells that are present stay as they are, and
    /// columns that the model does not have stay too.</summary>
    /// <param name="rows">The rows; columns that they lack are added.</param>
    /// <param name="options">How cells are filled.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The rows; a cell is missing still only where the model has a column that is always missing.</returns>
    /// <exception cref="DiffusionException">The model was not trained on a table, the rows have none of its columns, or
    /// cells that must be numbers or dates are not.</exception>
    public Table Fill(
        Table rows, FillOptions? options = null, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new FillOptions();
        TableSpec spec = Card.RequireTable();
        Table known = TableConversion.Convert(spec, rows);
        SamplingJob job = new()
        {
            Count = rows.Count, Seed = options.Seed, Conditions = spec.Give(known, arePresent: true), Guidance = options.Guidance,
        };
        if (options.IsBestGuess)
        {
            // From x = 0, the mean of the noise, one step goes to the expected clean data.
            job = job with
            {
                Plan = SamplingPlan.Create(Card.Schedule, new Ddim(), steps: 1),
                Noise = new SampleBatch(new float[(long)rows.Count * spec.Dimension], Signature.Shape),
            };
        }

        SampleBatch samples = new(Draw(job, execution, progress, cancellationToken), Signature.Shape);
        Table drawn = spec.Decode(samples, arePresent: true);
        TableColumn[] filled =
        [
            .. known.Columns.Select(column => drawn.Find(column.Name) is { } other ? column.OrElse(other) : column),
            .. drawn.Columns.Where(column => known.Find(column.Name) is null),
        ];
        return new Table(filled, rows.HasHeader);
    }

    /// <summary>Draws rows by given conditions, whatever query the job has.</summary>
    internal Table DecodeRows(SamplingJob job, ExecutionOptions? execution, CancellationToken cancellationToken)
        => SampleTable(job with { Query = null }, execution, progress: null, cancellationToken);

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
