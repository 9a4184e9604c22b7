using Diffusion.CommandLine;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>A compiled sampler, which has its solver in it.</summary>
internal sealed record CompiledRequest(CompiledSampler Sampler, int Count, SamplerOptions Options) : SamplingRequest(Count, Options)
{
    public override ModelCard Card => Sampler.Card;

    public override Tableau Tableau => Sampler.Tableau;

    public override string SolverName => Sampler.Solver.Name;

    public override PointSet Sample(CancellationToken cancellationToken)
        => ProgressMeter.Show("sampling", _ => Sampler.Sample(Count, Options, cancellationToken));

    public override void Dispose() => Sampler.Dispose();

    protected override IEnumerable<PointSet> Pieces(IProgress<SamplingProgress> progress, CancellationToken cancellationToken)
    {
        const int Size = DiffusionSampler.UsualPieceSize;
        long rows = Tableau.Rows.Length;
        for (int first = 0; first < Count; first += Size)
        {
            int size = Math.Min(Size, Count - first);
            yield return Sampler.Sample(size, Options with { FirstSample = Options.FirstSample + first, Noise = Options.Noise?.Slice(first, size) }, cancellationToken);
            progress.Report(new SamplingProgress((first + size) * rows, Count * rows));
        }
    }

    protected override IEnumerable<Frame> AllFrames(CancellationToken cancellationToken) => Sampler.Frames(Count, Options, cancellationToken);
}
