using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>Turns samples in the units of the network into data: value·scale + shift, and the constants.</summary>
/// <param name="data">What the model says about its data.</param>
internal sealed class UnitsDecoder(DataInfo data) : IDecoder
{
    public bool GivesDoubles => data.HasUnits;

    public void RestorePoints(Span<float> samples) => DataUnits.Restore(data, samples, samples);

    public NumericTable ToNumbers(SampleBatch samples) => DataUnits.RestoreTable(data, samples);

    public Table ToTable(SampleBatch samples) => ToNumbers(samples).ToTable();
}
