using Diffusion.Codecs.Columns;

namespace Diffusion.Tests.Codecs;

/// <summary>Laws of the coordinate of a column of numbers.</summary>
[TestClass]
public sealed class QuantileTransformTests
{
    private const int Count = 20_000;

    /// <summary>Columns as people have them, with their decimals.</summary>
    private static readonly Dictionary<string, (Func<Random, double> Draw, int? Decimals)> Columns = new()
    {
        ["normal"] = (random => Normal(random), null),
        ["heavy tails"] = (random => Math.Exp(6 * Normal(random)), null),
        ["money with zeros and a cap"] = (
            random => random.NextDouble() < 0.4 ? 0 : Math.Min(500, Math.Round(Math.Exp(3 + (1.5 * Normal(random))), 2)), 2),
        ["ages"] = (random => random.Next(17, 91), 0),
        ["large whole numbers"] = (random => Math.Round(1.9e5 * Math.Exp(0.5 * Normal(random))), 0),
        ["one decimal"] = (random => Math.Round(100 * Normal(random), 1), 1),
        ["two values"] = (random => random.NextDouble() < 0.001 ? 7 : -3, 0),
        ["always the same"] = (_ => 2.5, 1),
    };

    public static IEnumerable<string> Names => Columns.Keys;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Decoding_GivesBackEveryCell_WhateverItsPoint(string name)
    {
        (double[] cells, QuantileTransform transform) = Fit(name);
        Random random = new(2);
        foreach (double cell in cells.Append(cells[0]).Append(cells[^1]))
        {
            foreach (double uniform in new[] { 1e-9, 0.5, random.NextDouble(), 1 - 1e-9 })
            {
                float z = transform.Encode(cell, uniform);
                string place = $"{name}: {cell} at {uniform}";
                if (Columns[name].Decimals is null)
                {
                    // As near as float32 resolves z.
                    Assert.IsGreaterThanOrEqualTo(transform.Decode(MathF.BitDecrement(z)), cell, place);
                    Assert.IsLessThanOrEqualTo(transform.Decode(MathF.BitIncrement(z)), cell, place);
                }
                else
                {
                    Assert.AreEqual(cell, transform.Decode(z), place);
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Coordinates_AreStandardNormal(string name)
    {
        (double[] cells, QuantileTransform transform) = Fit(name);
        Random random = new(3);
        double[] z = [.. cells.Select(cell => transform.Encode(cell, random.NextDouble())).Order()];

        // The largest distance of the distributions; it exceeds 1.95/√n with probability 0.001 (Kolmogorov 1933).
        double distance = z.Select((value, k) => Math.Abs(NormalDistribution.Cdf(value) - ((k + 0.5) / z.Length))).Max();
        Assert.IsLessThan(1.95 / Math.Sqrt(z.Length), distance, name);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Decoding_IsMonotone_WithinTheRangeOfTheColumn_AndHasItsDecimals(string name)
    {
        (double[] cells, QuantileTransform transform) = Fit(name);
        double last = transform.Decode(double.NegativeInfinity);
        Assert.AreEqual(cells[0], last);
        for (double z = -40; z <= 40; z += 0.003)
        {
            double value = transform.Decode(z);
            Assert.IsGreaterThanOrEqualTo(last, value);
            Assert.AreEqual(value, Columns[name].Decimals is { } decimals ? Math.Round(value, decimals) : value);
            last = value;
        }

        Assert.AreEqual(cells[^1], last);
        Assert.AreEqual(cells[^1], transform.Decode(double.PositiveInfinity));
        Assert.AreEqual(cells[0], transform.Decode(double.NaN));
    }

    [TestMethod]
    public void HeavyValues_ComeOutAsOftenAsTheyAreInTheData()
    {
        (double[] cells, QuantileTransform transform) = Fit("money with zeros and a cap");
        Random random = new(4);
        double[] drawn = [.. Enumerable.Range(0, Count).Select(_ => transform.Decode(Normal(random)))];
        foreach (double heavy in new[] { 0.0, 500 })
        {
            double share = cells.Count(cell => cell == heavy) / (double)Count;
            Assert.IsGreaterThan(0.005, share);
            Assert.AreEqual(share, drawn.Count(cell => cell == heavy) / (double)Count, 4 * Math.Sqrt(2 * share / Count));
        }
    }

    [TestMethod]
    public void ACodec_StaysSmall_WhateverTheColumn()
    {
        foreach (string name in Names)
        {
            Assert.IsLessThanOrEqualTo(QuantileTransform.MostKnots + 10, Fit(name).Transform.Z.Length, name);
        }
    }

    [TestMethod]
    public void KnotsThatDoNotAscend_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => _ = new QuantileTransform([0], [1], null));
        Assert.ThrowsExactly<ArgumentException>(() => _ = new QuantileTransform([0, 1], [1, 0], null));
        Assert.ThrowsExactly<ArgumentException>(() => _ = new QuantileTransform([1, 0], [0, 1], null));
        Assert.ThrowsExactly<ArgumentException>(() => _ = new QuantileTransform([0, double.NaN], [0, 1], null));
        Assert.ThrowsExactly<ArgumentException>(() => _ = new QuantileTransform([0, 1], [0, 1], 16));
    }

    private static (double[] Cells, QuantileTransform Transform) Fit(string name)
    {
        Random random = new(1);
        double[] cells = [.. Enumerable.Range(0, Count).Select(_ => Columns[name].Draw(random)).Order()];
        return (cells, QuantileTransform.Fit(cells, Columns[name].Decimals));
    }

    private static double Normal(Random random) => NormalDistribution.Quantile(1 - random.NextDouble());
}
