using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>Turns samples into rows of a table with columns of any type.</summary>
/// <param name="data">What the model says about its data.</param>
internal sealed class TableDecoder(DataInfo data) : IDecoder
{
    public bool GivesDoubles => true;

    public void RestorePoints(Span<float> samples) => data.RequirePoints();

    public NumericTable ToNumbers(SampleBatch samples)
    {
        data.RequirePoints();
        return new NumericTable([], 1);
    }

    public Table ToTable(SampleBatch samples) => data.Table!.Decode(samples);}
