using Diffusion.Data.BuiltIn;
using Diffusion.Samples;

namespace Diffusion.Training.Data;

/// <summary>Points that are drawn anew for every batch, so that no point is seen twice.</summary>
/// <param name="set">The data set.</param>
public sealed class FreshPoints(IDataSet set) : IBatchSource
{
    /// <inheritdoc/>
    public SampleShape Shape { get; } = SampleShape.Vector(set.Dimension);

    /// <inheritdoc/>
    public CleanBatch Draw(ulong seed, long first, int count)
    {
        float[] points = new float[count * Shape.Size];
        set.Draw(seed, first, points);
        return new CleanBatch(new SampleBatch(points, Shape));
    }
}
