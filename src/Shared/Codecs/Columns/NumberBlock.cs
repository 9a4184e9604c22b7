namespace Diffusion.Codecs.Columns;

/// <summary>The one coordinate of a number. Where a number is missing, its coordinate is noise.</summary>
/// <param name="transform">The distribution of the numbers.</param>
internal sealed class NumberBlock(QuantileTransform transform) : ColumnBlock
{
    /// <summary>Gets the distribution of the numbers.</summary>
    public QuantileTransform Transform => transform;

    public override int Width => 1;

    public override void Encode(BlockCells cells, int row, double uniform, Span<float> coordinates)
    {
        double value = cells.Numbers.Span[row];
        coordinates[0] = (float)(double.IsNaN(value) ? NormalDistribution.Quantile(uniform) : transform.Encode(value, uniform));
    }

    public override BlockCells Decode(ReadOnlySpan<float> samples, int size, int start, int? except = null)
    {
        double[] values = new double[samples.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = transform.Decode(samples[(i * size) + start]);
        }

        return new BlockCells(values, default);
    }
}
