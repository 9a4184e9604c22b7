namespace Diffusion.Codecs.Columns;

/// <summary>
/// The numbers of a column as one standard normal coordinate, by the randomised probability integral transform. The distribution is kept
/// as knots (z, value), linear between them. A heavy value, such as 0 or the cap of a scale, owns an interval of z: it is encoded as a
/// random point of it and decoded as it was. All others are spread over half of their last decimal to both sides and rounded back.
/// </summary>
internal sealed class QuantileTransform
{
    /// <summary>The most knots.</summary>
    public const int MostKnots = 1_000;

    /// <summary>The share of the rows from which a value is heavy.</summary>
    private const double HeavyShare = 0.002;

    /// <summary>The most heavy values where not all values are: each takes two knots.</summary>
    private const int MostHeavy = MostKnots / 4;

    /// <summary>The largest number of decimals that can be rounded to.</summary>
    private const int MostDecimals = 15;

    private readonly double[] _z;
    private readonly double[] _values;
    private readonly double _unit;
    private double[]? _shares;

    /// <summary>Creates the transform of given knots.</summary>
    /// <param name="z">The standard normal coordinates, ascending; equal ones where a value jumps.</param>
    /// <param name="values">The values there, ascending; equal ones at both ends of a heavy value's interval.</param>
    /// <param name="decimals">The number of decimals of the column, from 0 to 15; null where it is not rounded.</param>
    /// <exception cref="ArgumentException">There are fewer than two knots, or they do not ascend.</exception>
    public QuantileTransform(double[] z, double[] values, int? decimals)
    {
        if (!AreKnots(z, values) || decimals is < 0 or > MostDecimals)
        {
            throw new ArgumentException("At least two knots are required, finite and ascending, and 0 to 15 decimals.", nameof(z));
        }

        (_z, _values, Decimals) = (z, values, decimals);
        _unit = decimals is null ? 0 : Math.Pow(10, -decimals.Value);
    }

    /// <summary>Returns whether numbers can be knots: at least two pairs, finite and ascending.</summary>
    /// <param name="z">The standard normal coordinates.</param>
    /// <param name="values">The values there.</param>
    public static bool AreKnots(double[] z, double[] values)
        => z.Length >= 2 && z.Length == values.Length && IsAscending(z) && IsAscending(values);

    /// <summary>Gets the number of decimals of the column; null where it is not rounded.</summary>
    public int? Decimals { get; }

    /// <summary>Gets the coordinates of the knots.</summary>
    public ReadOnlySpan<double> Z => _z;

    /// <summary>Gets the values of the knots.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Fits the transform to a column.</summary>
    /// <param name="sorted">The values, <c>[n]</c>, finite and ascending; at least one.</param>
    /// <param name="decimals">The number of decimals of the column; null where it is not rounded.</param>
    public static QuantileTransform Fit(ReadOnlySpan<double> sorted, int? decimals)
    {
        List<(double Value, int Count)> values = Count(sorted);
        int lightest = LightestHeavy(values, sorted.Length);
        int heavy = values.Count(value => value.Count >= lightest);
        double step = 1.0 / Math.Max(MostKnots - (2 * heavy), 8);
        Knots knots = new(sorted.Length);
        double below = 0;
        for (int k = 0; k < values.Count; k++)
        {
            double above = below + ((double)values[k].Count / sorted.Length);
            if (values[k].Count >= lightest)
            {
                knots.Add(below, values[k].Value);
                knots.Add(above, values[k].Value);
            }
            else if (k == 0 || k == values.Count - 1 || below - knots.LastShare >= step || values[k + 1].Count >= lightest)
            {
                knots.Add(k == 0 ? 0 : k == values.Count - 1 ? 1 : (below + above) / 2, values[k].Value);
            }

            below = above;
        }

        return new QuantileTransform([.. knots.Z], [.. knots.Values], decimals);
    }

    /// <summary>Encodes a value. Values beyond those of the column count as the nearest.</summary>
    /// <param name="value">The value.</param>
    /// <param name="uniform">Chooses the point of the interval that the value owns; between 0 and 1, exclusive.</param>
    /// <returns>z; <see cref="Decode"/> returns the value again, whatever the point.</returns>
    public float Encode(double value, double uniform)
    {
        value = Math.Clamp(value, _values[0], _values[^1]);
        int heavy = FindHeavy(value);
        if (heavy >= 0)
        {
            return Within(heavy, NormalDistribution.Quantile(double.Lerp(Share(heavy), Share(heavy + 1), uniform)));
        }

        float z = PositionOf(Math.Clamp(value + ((uniform - 0.5) * _unit), _values[0], _values[^1]));

        // At the ends of the interval float32 may round into the next one.
        return Decimals is null || Decode(z) == value ? z : PositionOf(value);
    }

    /// <summary>Decodes a coordinate, to a value within the range of the column and with its decimals.</summary>
    /// <param name="z">Any number; ±∞ and NaN give the largest and the smallest value.</param>
    public double Decode(double z)
    {
        double value = !(z > _z[0]) ? _values[0]
            : z >= _z[^1] ? _values[^1]
            : Interpolate(_z, _values, FirstAbove(_z, z), z);
        return Decimals is { } decimals ? Math.Round(value, decimals) : value;
    }

    /// <summary>Returns the different values of sorted ones, and how often each occurs.</summary>
    /// <param name="sorted">The values, ascending.</param>
    public static List<(double Value, int Count)> Count(ReadOnlySpan<double> sorted)
    {
        List<(double Value, int Count)> values = [];
        for (int first = 0; first < sorted.Length;)
        {
            int end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
            {
                end++;
            }

            values.Add((sorted[first], end - first));
            first = end;
        }

        return values;
    }

    /// <summary>How often a value must occur to be heavy: once where there are few different values.</summary>
    private static int LightestHeavy(List<(double Value, int Count)> values, int count)
    {
        if (values.Count <= MostKnots / 2)
        {
            return 1;
        }

        int lightest = Math.Max(2, (int)Math.Ceiling(HeavyShare * count));
        int[] heaviest = [.. values.Select(value => value.Count).OrderDescending().Take(MostHeavy + 1)];
        return heaviest.Length > MostHeavy ? Math.Max(lightest, heaviest[MostHeavy] + 1) : lightest;
    }

    /// <summary>The coordinate of a value that is not heavy.</summary>
    private float PositionOf(double value)
        => (float)Interpolate(_values, _z, Math.Clamp(FirstAbove(_values, value), 1, _values.Length - 1), value);

    /// <summary>Rounds a coordinate to float32 without leaving the interval of a heavy value.</summary>
    private float Within(int heavy, double z)
    {
        float rounded = (float)z;
        return rounded < _z[heavy] ? MathF.BitIncrement(rounded)
            : rounded >= _z[heavy + 1] ? MathF.BitDecrement((float)Math.Min(z, _z[heavy + 1]))
            : rounded;
    }

    /// <summary>Φ at a knot, computed once.</summary>
    private double Share(int knot) => (_shares ??= Array.ConvertAll(_z, NormalDistribution.Cdf))[knot];

    /// <summary>The first of the two knots of a heavy value, or −1.</summary>
    private int FindHeavy(double value)
    {
        int last = FirstAbove(_values, value) - 1;
        return last > 0 && _values[last - 1] == value && _values[last] == value ? last - 1 : -1;
    }

    /// <summary>Returns the index of the first number greater than a value, or the length of the array if there is none.</summary>
    private static int FirstAbove(double[] ascending, double value)
    {
        int low = 0;
        int high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ascending[middle] > value ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The line through the knots before and at a position.</summary>
    private static double Interpolate(double[] from, double[] to, int next, double x)
        => to[next - 1] + ((x - from[next - 1]) / (from[next] - from[next - 1]) * (to[next] - to[next - 1]));

    private static bool IsAscending(double[] numbers)
        => Array.TrueForAll(numbers, double.IsFinite) && !numbers.Zip(numbers.Skip(1)).Any(pair => pair.First > pair.Second);

    /// <summary>Knots under construction. The share of half a row at both ends belongs to the first and the last value.</summary>
    private sealed class Knots(int count)
    {
        public List<double> Z { get; } = [];

        public List<double> Values { get; } = [];

        public double LastShare { get; private set; } = -1;

        public void Add(double share, double value)
        {
            double half = 0.5 / count;
            Z.Add(NormalDistribution.Quantile(Math.Clamp(share, half, 1 - half)));
            Values.Add(value);
            LastShare = share;
        }
    }
}
