using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>Draws points from a trained model. Safe to use from many threads at once.</summary>
public sealed class DiffusionSampler : IDisposable
{
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

    /// <summary>Loads a model.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="card">Stands in for the card of a file that has none.</param>
    /// <exception cref="DiffusionException">The file is missing or is not a model that can be sampled.</exception>
    public static DiffusionSampler Load(string path, ModelCard? card = null) => Own(OnnxNoisePredictor.Load(path), card, path);

    /// <summary>Loads a model that is in memory, such as an embedded resource.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="card">Stands in for the card of a file that has none.</param>
    /// <exception cref="DiffusionException">The bytes are not a model that can be sampled.</exception>
    public static DiffusionSampler FromBytes(byte[] model, string source, ModelCard? card = null) => Own(OnnxNoisePredictor.FromBytes(model, source), card, source);

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
    /// <returns>The points, <c>[n, d]</c>, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public PointSet Sample(int count, SamplerOptions options, IProgress<SamplingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Tableau tableau = Prepare(count, options);
        float[] points = Run(tableau, count, options, options.Noise, progress, cancellationToken);
        DataUnits.Restore(Card.Data, points, points);
        return new PointSet(points, Card.Data.Dimension, Card.Data.Columns);
    }

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
        ArgumentNullException.ThrowIfNull(options);
        if (options.Noise is not null)
        {
            throw new DiffusionException("Encoding finds the noise that points come from; none can be given.");
        }

        options.Validate(points.Count, points.Dimension);
        Tableau tableau = DdimInversion.Build(Card.Schedule, (options with { Solver = new Ddim() }).ChooseTimesteps(Card.Schedule));
        PointSet standard = DataUnits.Standardize(Card.Data, points);
        float[] noise = Run(tableau, points.Count, options, standard, progress, cancellationToken);
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
        options ??= new LikelihoodOptions();
        options.Validate();
        double[] sigmas = options.Sigmas(Card.Schedule);
        PointSet standard = DataUnits.Standardize(Card.Data, points);
        double[] result = new double[points.Count];
        (int First, int Count)[] ranges = Chunks.Of(points.Count, options.ChunkSize);
        double unit = Card.Data.Scale?.Sum(Math.Log) ?? 0;
        long done = 0;
        Chunks.ForEach(ranges.Length, options.Threads, Carry, cancellationToken);
        return result;

        void Carry(int k)
        {
            LogLikelihood likelihood = new(Predictor, Card.Schedule, Chunks.Slice(standard.Values, ranges[k], points.Dimension));
            for (int step = 1; step < sigmas.Length; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                likelihood.Advance(sigmas[step - 1], sigmas[step]);
                progress?.Report(new SamplingProgress(Interlocked.Add(ref done, ranges[k].Count), (long)points.Count * (sigmas.Length - 1)));
            }

            Array.ConvertAll(likelihood.At(Card.Schedule.TerminalAlphaBar), nats => nats - unit).CopyTo(result, ranges[k].First);
        }
    }

    /// <summary>Draws points and shows all of them after every step, the prior first. Frames are made as they are asked for; none is kept.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">How to draw them.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>One frame for the prior and one for each step; the last holds the points that <see cref="Sample(int, SamplerOptions, IProgress{SamplingProgress}?, CancellationToken)"/> gives.</returns>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public IEnumerable<Frame> Stream(int count, SamplerOptions options, CancellationToken cancellationToken = default)
    {
        Tableau tableau = Prepare(count, options);
        return StreamFrames(tableau, count, options, cancellationToken);
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => (Predictor as IDisposable)?.Dispose();

    private static DiffusionSampler Own(OnnxNoisePredictor predictor, ModelCard? card, string source)
    {
        try
        {
            return new DiffusionSampler(predictor, card ?? ModelCard.FromMetadata(predictor.Metadata, source));
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
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

    private Tableau Prepare(int count, SamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(count, Card.Data.Dimension);
        return options.BuildTableau(Card.Schedule);
    }

    /// <summary>Carries all chunks through all rows and gives the points as the network sees them, <c>[n, d]</c>.</summary>
    private float[] Run(Tableau tableau, int count, SamplerOptions options, PointSet? start, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        float[] points = new float[count * Card.Data.Dimension];
        long total = (long)count * tableau.Rows.Length;
        long done = 0;
        (int First, int Count)[] ranges = Chunks.Of(count, options.ChunkSize);
        Chunks.ForEach(ranges.Length, options.Threads, Hire, cancellationToken);
        return points;

        Action<int> Hire()
        {
            ChunkWorker worker = new(tableau, options, start, Limited(options), Math.Min(count, options.ChunkSize));
            return k =>
            {
                worker.Begin(ranges[k]);
                while (!worker.Executor.IsDone)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    worker.Executor.Advance();
                    progress?.Report(new SamplingProgress(Interlocked.Add(ref done, ranges[k].Count), total));
                }

                worker.Executor.X.CopyTo(Chunks.Slice(points.AsSpan(), ranges[k], Card.Data.Dimension));
            };
        }
    }

    private IEnumerable<Frame> StreamFrames(Tableau tableau, int count, SamplerOptions options, CancellationToken cancellationToken)
    {
        (int First, int Count)[] ranges = Chunks.Of(count, options.ChunkSize);
        ChunkWorker[] workers = Array.ConvertAll(ranges, range =>
        {
            ChunkWorker worker = new(tableau, options, options.Noise, Limited(options), range.Count);
            worker.Begin(range);
            return worker;
        });
        int step = 0;
        yield return Snapshot(step, tableau.FirstTimestep);
        foreach (TableauRow row in tableau.Rows)
        {
            Chunks.ForEach(workers.Length, options.Threads, k => workers[k].Executor.Advance(), cancellationToken);
            if (row.EndsStep)
            {
                yield return Snapshot(++step, row.NextTimestep);
            }
        }

        Frame Snapshot(int number, double timestep)
        {
            float[] points = new float[count * Card.Data.Dimension];
            foreach ((ChunkWorker worker, (int First, int Count) range) in workers.Zip(ranges))
            {
                DataUnits.Restore(Card.Data, worker.Executor.X, Chunks.Slice(points.AsSpan(), range, Card.Data.Dimension));
            }

            return new Frame(number, timestep, Card.Schedule.AlphaBarAt(timestep), new PointSet(points, Card.Data.Dimension, Card.Data.Columns));
        }
    }
}
