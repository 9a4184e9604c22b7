using Diffusion.Onnx;
using Diffusion.TorchExport;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>Draws a case of an operator or a layer: shapes of its inputs x and y, and numbers for its attributes.</summary>
internal sealed class CaseDraw
{
    private const int MostAxes = 4;
    private const int Longest = 5;

    private readonly Random _random;

    public CaseDraw(Random random)
    {
        _random = random;
        X = ["n", .. Enumerable.Range(0, Whole(0, MostAxes - 1)).Select(_ => (Axis)Whole(1, Longest))];

        // Y broadcasts to X: it has as many axes or fewer, and any of them may be 1.
        Y = [.. X[Whole(0, X.Length - 1)..].Select(axis => Whole(0, 2) == 0 ? (Axis)1 : axis)];
    }

    /// <summary>Gets or sets the axes of x; by default up to four, of which the first is open.</summary>
    public Axis[] X { get; set; }

    /// <summary>Gets or sets the axes of y; by default some that broadcast to those of x.</summary>
    public Axis[] Y { get; set; }

    public InputValues XValues { get; private set; } = InputValues.Normal();

    public InputValues YValues { get; private set; } = InputValues.Normal();

    /// <summary>A whole number between two, both included.</summary>
    public int Whole(int lowest, int highest) => _random.Next(lowest, highest + 1);

    public double Number() => (4 * _random.NextDouble()) - 2.1;

    /// <summary>Any axis of x, counted from the beginning or from the end.</summary>
    public int Axis() => Whole(-X.Length, X.Length - 1);

    /// <summary>Some different axes of x, at least one, sorted.</summary>
    public long[] Axes() => [.. Order(X.Length).Take(Whole(1, X.Length)).Order()];

    /// <summary>The numbers from 0 to below a count in random order.</summary>
    public long[] Order(int count)
    {
        long[] order = [.. Enumerable.Range(0, count)];
        _random.Shuffle(order);
        return order;
    }

    public CaseDraw Shapes(Axis[] x, Axis[]? y = null)
    {
        (X, Y) = (x, y ?? []);
        return this;
    }

    public CaseDraw Values(InputValues x, InputValues? y = null)
    {
        (XValues, YValues) = (x, y ?? YValues);
        return this;
    }
}
