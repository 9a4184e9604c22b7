using Diffusion.Cards;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>A network, and the solver that was asked for.</summary>
internal sealed record NetworkRequest(DiffusionSampler Sampler, long Count, SamplerOptions Options) : SamplingRequest(Count, Options)
{
    public override ModelCard Card => Sampler.Card;

    public override Tableau Tableau => Options.BuildTableau(Card.Schedule);

    public override NumberWidth TextWidth => Card.Data.HasUnits ? NumberWidth.Bits64 : NumberWidth.Bits32;

    public override string SolverName => Options.Solver.Name;

    public override void Validate() => _ = Sampler.SamplePieces(Count, Options);

    public override PointSet Sample(CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter => Sampler.Sample(CountInMemory, Options, new SamplingMeter(meter), cancellationToken));

    public override SamplingRequest WithAtLeast(int steps)
        => Options.Steps is null && Options.Timesteps is null && Tableau.Steps < steps
            ? this with { Options = Options with { Steps = Math.Min(steps, Card.Schedule.TrainTimesteps) } }
            : this;

    public override NumericTable SampleTable(CancellationToken cancellationToken)
        => ProgressMeter.Show(
            "sampling", meter => Sampler.SampleTable(CountInMemory, Options, new SamplingMeter(meter), cancellationToken));

    public override void Dispose() => Sampler.Dispose();

    protected override IEnumerable<NumericTable> Pieces(IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
        => Sampler.SampleTablePieces(Count, Options, progress: progress, cancellationToken: cancellationToken);

    protected override IEnumerable<NumericTable> AllTables(CancellationToken cancellationToken)
        => Sampler.StreamTables(CountInMemory, Options, cancellationToken);

    protected override IEnumerable<Frame> AllFrames(CancellationToken cancellationToken) => Sampler.Stream(CountInMemory, Options, cancellationToken);
}
