using Diffusion.Cards;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>A compiled sampler, which has its solver in it.</summary>
internal sealed record CompiledRequest(CompiledSampler Sampler, long Count, SamplerOptions Options) : SamplingRequest(Count, Options)
{
    public override ModelCard Card => Sampler.Card;

    public override Tableau Tableau => Sampler.Tableau;

    /// <summary>The file gives float32; constants come from its card.</summary>
    public override NumberWidth TextWidth => Card.Data.Constants is not null ? NumberWidth.Bits64 : NumberWidth.Bits32;

    public override string SolverName => Sampler.Solver.Name;

    public override void Validate() => _ = Sampler.SamplePieces(Count, Options);

    public override PointSet Sample(CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", meter => Sampler.Sample(CountInMemory, Options, new SamplingMeter(meter), cancellationToken));

    public override NumericTable SampleTable(CancellationToken cancellationToken)
        => ProgressMeter.Show(
            "sampling", meter => Sampler.SampleTable(CountInMemory, Options, new SamplingMeter(meter), cancellationToken));

    public override void Dispose() => Sampler.Dispose();

    protected override IEnumerable<NumericTable> Pieces(IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
        => Sampler.SampleTablePieces(Count, Options, progress: progress, cancellationToken: cancellationToken);

    protected override IEnumerable<NumericTable> AllTables(CancellationToken cancellationToken)
        => Sampler.FrameTables(CountInMemory, Options, cancellationToken);

    protected override IEnumerable<Frame> AllFrames(CancellationToken cancellationToken) => Sampler.Frames(CountInMemory, Options, cancellationToken);
}
