using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>Turns samples into rows of a table with columns of any type.</summary>
/// <param name="data">What the model says about its data.</param>
internal sealed class TableDecoder(DataInfo data) : IDecoder
{
    public bool GivesDoubles => true;

    public void RestorePoints(Span<float> samples) => throw data.NotPoints();

    public NumericTable ToNumbers(SampleBatch samples) => throw data.NotPoints();

    public Table ToTable(SampleBatch samples) => data.Table!.Decode(samples);}
