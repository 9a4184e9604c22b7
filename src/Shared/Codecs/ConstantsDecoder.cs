using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>For samples that are in the units of the data already, as compiled samplers give them: adds the constants.</summary>
/// <param name="data">What the model says about its data.</param>
internal sealed class ConstantsDecoder(DataInfo data) : IDecoder
{
    public bool GivesDoubles => data.Constants is not null;

    public void RestorePoints(Span<float> samples)
    {
    }

    public NumericTable ToNumbers(SampleBatch samples) => DataUnits.AddConstants(data, samples);

    public Table ToTable(SampleBatch samples) => ToNumbers(samples).ToTable();
}
