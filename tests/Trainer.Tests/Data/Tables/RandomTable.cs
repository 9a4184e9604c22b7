using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Training.Tests.Data.Tables;

/// <summary>Tables with a column of each kind, drawn at random.</summary>
internal static class RandomTable
{
    private static readonly string[] Colors = ["red", "green", "blue", "a, b", "ein \"Wort\"", "-"];

    /// <summary>Draws a table.</summary>
    public static Table Create(int count, int seed)
    {
        Random random = new(seed);
        int[] colors = Draw(() => random.Next(0, 36) / 6 is var c && random.Next(2) == 0 ? 0 : c);
        double[] starts = Draw(() => (double)random.Next(10_000, 20_000));
        return new Table(
        [
            Number("whole", () => random.Next(-500, 500), 0),
            Number("price", () => Math.Round(random.NextDouble() * 100, 2), 2, padded: true),
            Number("real", () => Math.Exp(5 * random.NextDouble()), null),
            Number("heaped", () => random.Next(3) == 0 ? 0 : Math.Round(random.NextDouble() * 1_000, 1), 1),
            Number("few", () => random.Next(0, 5), 0),
            Number("gaps", () => random.Next(4) == 0 ? double.NaN : Math.Round(random.NextDouble(), 3), 3),
            new TextColumn("color", colors, Colors),
            new TextColumn("warm", Array.ConvertAll(colors, color => color == 0 ? 1 : 0), ["no", "yes"]),
            new TextColumn("gap", Draw(() => random.Next(-1, 2)), ["x", "y"]) { MissingText = "NA" },
            new NumberColumn("start", starts, new TimeFormat("yyyy-MM-dd")),
            new NumberColumn("end", [.. starts.Select(start => start + random.Next(0, 30))], new TimeFormat("yyyy-MM-dd")),
            new TextColumn("same", new int[count], ["always"]),
            Number("seven", () => 7, 0),
        ]);

        T[] Draw<T>(Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

        NumberColumn Number(string name, Func<double> draw, int? places, bool padded = false)
            => new(name, Draw(draw), new DecimalFormat { Places = places, IsPadded = padded });
    }

    /// <summary>Asserts that two cells are equal; numbers up to a relative difference.</summary>
    public static void AssertEqual(string expected, string actual, double tolerance, string name)
    {
        if (expected != actual)
        {
            double difference = double.Parse(expected, CultureInfo.InvariantCulture) - double.Parse(actual, CultureInfo.InvariantCulture);
            Assert.AreEqual(0, difference / double.Parse(expected, CultureInfo.InvariantCulture), tolerance, name);
        }
    }
}
