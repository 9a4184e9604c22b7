using Diffusion.CommandLine;
using Diffusion.Sampling;

namespace Diffusion.Cli;

/// <summary>Shows the progress of a sampling run on a meter.</summary>
internal sealed class SamplingMeter(ProgressMeter meter) : IProgress<SamplingProgress>
{
    public void Report(SamplingProgress value) => meter.Report(value.Done, value.Total);
}
