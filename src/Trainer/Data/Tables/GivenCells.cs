using Diffusion.Codecs;
using Diffusion.Randomness;
using Diffusion.Samples;

namespace Diffusion.Training.Data.Tables;

/// <summary>
/// Draws which cells of a row are given to the network: in a third of the rows none, in a third one to three columns, in a third each
/// column with a probability that is uniform from 0 to 1. Of a column that is not given, it may be known that its cell is not missing.
/// Which cells of sample i are given is a function of the seed and of i alone.
/// </summary>
/// <param name="layout">Which coordinates belong to which column.</param>
internal sealed class GivenCells(TableLayout layout)
{
    /// <summary>The streams of the random numbers: one for the kind of row, one for its share, then one for each column.</summary>
    private const uint KindStream = 0, ShareStream = 1, FirstColumnStream = 2;

    private const int Kinds = 3;
    private const int MostColumns = 3;

    /// <summary>The probability that of a column that is not given, in a row with given cells, it is known whether it is missing.</summary>
    private const double KnownPresence = 0.5;

    /// <summary>The number of each block's column, from 0.</summary>
    private readonly int[] _columnOf = NumberColumns([.. layout.Blocks.Select(placed => placed.Column.Name)]);

    private static int[] NumberColumns(string[] names)
    {
        List<string> different = [.. names.Distinct()];
        return Array.ConvertAll(names, different.IndexOf);
    }

    /// <summary>Draws the given cells of samples.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first sample.</param>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    public ConditionBatch Draw(ulong seed, long first, ReadOnlySpan<float> samples)
    {
        int count = samples.Length / layout.Size;
        float[] given = new float[samples.Length];
        float[] mask = new float[samples.Length];
        PhiloxUniform uniform = new(seed, RandomDomain.Given);
        float[] kinds = Fill(KindStream);
        float[] shares = Fill(ShareStream);
        float[][] columns = [.. Enumerable.Range(0, layout.ColumnCount).Select(k => Fill(FirstColumnStream + (uint)k))];
        for (int i = 0; i < count; i++)
        {
            double limit = LimitOf(i);
            for (int k = 0; k < layout.Blocks.Count && limit > 0; k++)
            {
                PlacedBlock placed = layout.Blocks[k];
                float chance = columns[_columnOf[k]][i];
                bool isPresence = placed.Part > 0;
                bool isGiven = chance < limit || (isPresence && chance < limit + ((1 - limit) * KnownPresence));
                if (isGiven)
                {
                    int start = (i * layout.Size) + placed.Start;
                    samples.Slice(start, placed.Block.Width).CopyTo(given.AsSpan(start));
                    mask.AsSpan(start, placed.Block.Width).Fill(1);
                }
            }
        }

        return new ConditionBatch(count) { Given = given, Mask = mask };

        float[] Fill(uint stream)
        {
            float[] values = new float[count];
            uniform.Fill(stream, first, values);
            return values;
        }

        // The columns whose number is below the limit are given.
        double LimitOf(int i)
        {
            int kind = (int)(kinds[i] * Kinds);
            if (kind == 0)
            {
                return 0;
            }

            if (kind == Kinds - 1 || columns.Length <= MostColumns)
            {
                return shares[i];
            }

            int number = 1 + (int)(shares[i] * MostColumns);
            float[] sorted = [.. columns.Select(column => column[i]).Order().Take(number + 1)];
            return sorted[number];
        }
    }
}
