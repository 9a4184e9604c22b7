namespace Diffusion.Codecs.Columns;

/// <summary>The coordinates of a category. One that the code does not know is encoded as a random one, by their shares.</summary>
/// <param name="code">The code.</param>
internal sealed class CategoryBlock(CategoryCode code) : ColumnBlock
{
    /// <summary>Gets the code.</summary>
    public CategoryCode Code => code;

    public override int Width => code.Width;

    public override void Encode(BlockCells cells, int row, double uniform, Span<float> coordinates)
    {
        int category = cells.Codes.Span[row];
        ReadOnlySpan<double> coordinatesOf = code.Encode(category < 0 ? code.Choose(uniform) : category);
        for (int k = 0; k < coordinatesOf.Length; k++)
        {
            coordinates[k] = (float)coordinatesOf[k];
        }
    }

    public override BlockCells Decode(ReadOnlySpan<float> samples, int size, int start, int? except = null)
    {
        int[] codes = new int[samples.Length / size];
        double[] x = new double[Width];
        for (int i = 0; i < codes.Length; i++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                x[k] = samples[(i * size) + start + k];
            }

            codes[i] = code.Decode(x, except);
        }

        return new BlockCells(default, codes);
    }
}
