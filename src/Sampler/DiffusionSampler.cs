using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>Draws samples from a trained network. Safe to use from many threads at once.</summary>
public sealed partial class DiffusionSampler : LocalSampler
{
    private readonly IDenoiser _network;

    /// <summary>Samples with any network, such as a closed form. A network that is disposable is disposed with the sampler.</summary>
    /// <param name="network">The network; it predicts what the card says.</param>
    /// <param name="card">What the model says about itself.</param>
    /// <exception cref="DiffusionException">The card breaks a rule that a card in a file has to keep, or does not fit the
    /// network.</exception>
    public DiffusionSampler(IDenoiser network, ModelCard card)
        : this(network, Validated(card, ModelOptions.UsualName), ModelOptions.UsualName)
    {
    }

    /// <summary>The same with a card that keeps the rules.</summary>
    private DiffusionSampler(IDenoiser network, ModelCard card, string source)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.Signature.RequireCard(card, source);
        _network = network;
        Card = card;
        Denoiser = DenoiserStack.PredictNoise(network);
        Plan = card.Sampling?.CreatePlan(card.Schedule, card.Variance) ?? SamplingPlan.Create(card.Schedule);
        Decoder = card.Data.Table is null ? new UnitsDecoder(card.Data) : new TableDecoder(card.Data);
    }

    /// <inheritdoc/>
    public override ModelCard Card { get; }

    /// <inheritdoc/>
    public override DenoiserSignature Signature => _network.Signature;

    /// <inheritdoc/>
    public override SamplingPlan Plan { get; }

    /// <inheritdoc/>
    public override IDecoder Decoder { get; }

    /// <summary>Gets the network as a prediction of ε, whatever it was trained to predict, in its own units.</summary>
    public IDenoiser Denoiser { get; }

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
        return FromNetwork(OnnxDenoiser.FromBytes(model, source, options?.Session, options?.Card), source);
    }

    /// <summary>Creates a plan for this model, for jobs that are drawn otherwise than by its own.</summary>
    /// <param name="solver">The solver; by default <see cref="KnownSolvers.Default"/>.</param>
    /// <param name="steps">The number of steps, from 1 to T; by default as it suits the solver.</param>
    /// <exception cref="DiffusionException">The number of steps is out of range.</exception>
    public SamplingPlan CreatePlan(ISolver? solver = null, int? steps = null) => SamplingPlan.Create(Card.Schedule, solver, steps);

    /// <inheritdoc/>
    public override void Run(
        SamplingJob job, Memory<float> samples, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        SamplingRun run = Prepare(job, execution);
        RequireLength(job, samples.Length, Signature.Shape.Size);
        run.Into(samples, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public override IEnumerable<SampleFrame> Stream(
        SamplingJob job, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
        => Prepare(job, execution).Frames(cancellationToken);

    /// <summary>Finds the noise that points come from, by <see cref="DdimInversion"/>.</summary>
    /// <param name="points">The points, <c>[n, d]</c>, in the units of the data.</param>
    /// <param name="plan">The plan whose steps are taken backwards; by default that of <see cref="Ddim"/>. Its solver does not
    /// matter.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>x_T, <c>[n, d]</c>, as <see cref="SamplingJob.Noise"/> takes it.</returns>
    /// <exception cref="DiffusionException">The points have another dimension.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public SampleBatch Encode(
        PointSet points, SamplingPlan? plan = null, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireDimension(points);
        return Encode(DataUnits.Standardize(Card.Data, points), plan, execution, progress, cancellationToken);
    }

    /// <summary>Finds the noise that rows of a table come from; they are taken in double precision.</summary>
    /// <param name="table">The rows in the units of the data: all columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <param name="plan">The plan whose steps are taken backwards; by default that of <see cref="Ddim"/>. Its solver does not
    /// matter.</param>
    /// <param name="execution">How to compute it.</param>
    /// <param name="progress">Receives progress reports, from any thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>x_T, <c>[n, d]</c>, as <see cref="SamplingJob.Noise"/> takes it.</returns>
    /// <exception cref="DiffusionException">The table has another width.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public SampleBatch Encode(
        NumericTable table, SamplingPlan? plan = null, ExecutionOptions? execution = null, IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Encode(DataUnits.Standardize(Card.Data, table), plan, execution, progress, cancellationToken);

    /// <summary>Releases the model.</summary>
    public override void Dispose() => (_network as IDisposable)?.Dispose();

    /// <summary>Takes over a network; it is disposed if its card does not fit.</summary>
    internal static DiffusionSampler FromNetwork(OnnxDenoiser network, string source)
    {
        try
        {
            return new DiffusionSampler(network, network.RequireCard(), source);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    internal override void Validate(SamplingJob job, ExecutionOptions execution, bool isInMemory)
    {
        ValidateCount(job, isInMemory);
        execution.Validate();
        job.Plan?.Require(Card.Schedule);
    }

    private static ModelCard Validated(ModelCard card, string source)
    {
        ArgumentNullException.ThrowIfNull(card);
        card.Validate(source);
        return card;
    }

    private SampleBatch Encode(
        SampleBatch samples, SamplingPlan? plan, ExecutionOptions? execution, IProgress<SamplingProgress>? progress,
        CancellationToken cancellationToken)
    {
        plan ??= CreatePlan(new Ddim());
        plan.Require(Card.Schedule);
        double[] timesteps = [.. plan.Tableau.StepLevels.SkipLast(1).Select(level => level.Timestep)];
        SamplingPlan inverse = new("ddim", SolverSettings.Usual, DdimInversion.Build(Card.Schedule, timesteps));
        SamplingJob job = new() { Count = samples.Count, Plan = inverse, Noise = samples };
        Validate(job, execution ?? new ExecutionOptions(), isInMemory: true);
        float[] noise = new float[samples.Values.Length];
        SamplingRun run = CreateRun(job, inverse, execution, SamplerTelemetry.Encode);
        run.Into(noise, progress, cancellationToken);
        return new SampleBatch(noise, samples.Shape);
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

    private SamplingRun Prepare(SamplingJob job, ExecutionOptions? execution)
    {
        execution ??= new ExecutionOptions();
        Validate(job, execution, isInMemory: true);
        if (job.Query is not null)
        {
            throw new DiffusionException("A query selects rows of a table. Draw the samples as a table, or leave it out.");
        }

        return CreateRun(job, job.Plan ?? Plan, execution);
    }

    private SamplingRun CreateRun(
        SamplingJob job, SamplingPlan plan, ExecutionOptions? execution, string operation = SamplerTelemetry.Sample)
    {
        execution ??= new ExecutionOptions();
        OnnxDenoiser? file = _network as OnnxDenoiser;
        ResolvedExecution resolved = ResolvedExecution.For(execution, (int)job.Count, file?.Cost ?? default);
        IDenoiser network = execution.Threads is null && file is not null
            ? file.ForRun(resolved.ChunksOf((int)job.Count), resolved.Threads)
            : _network;
        return new SamplingRun(job, plan, DenoiserStack.Build(network, Card, job), resolved)
        {
            Model = Card.Data.Name, Operation = operation,
        };
    }
}
