using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>The type of an input, and the random values with which an export is proved.</summary>
public sealed class InputValues
{
    private const double UsualDeviation = 2;

    /// <summary>Of uniform numbers, this share lies at each end of the range.</summary>
    private const double ShareOfEnds = 0.1;

    private readonly Func<long[], Generator, Tensor> _draw;

    private InputValues(bool isInt64, Func<long[], Generator, Tensor> draw) => (IsInt64, _draw) = (isInt64, draw);

    /// <summary>Gets a value indicating whether the input is int64 and not float32.</summary>
    public bool IsInt64 { get; }

    /// <summary>Normal numbers of mean 0, float32.</summary>
    /// <param name="deviation">Their standard deviation.</param>
    public static InputValues Normal(double deviation = UsualDeviation)
        => new(false, (shape, generator) => (new TensorValue(randn(shape, generator: generator)) * deviation).Tensor);

    /// <summary>Uniform numbers of a range, float32; a tenth of them are its lower end, a tenth its upper end.</summary>
    /// <param name="lowest">The lower end.</param>
    /// <param name="highest">The upper end.</param>
    public static InputValues Uniform(double lowest, double highest) => new(false, (shape, generator) =>
    {
        TensorValue share = new(rand(shape, generator: generator));
        TensorValue stretched = ((share * (1 + (2 * ShareOfEnds))) - ShareOfEnds).Clamp(0, 1);
        return ((stretched * (highest - lowest)) + lowest).Clamp(lowest, highest).Tensor;
    });

    /// <summary>Indices, int64: whole numbers from 0 to below a count.</summary>
    /// <param name="count">The count, at least 1.</param>
    public static InputValues Indices(long count) => new(true, (shape, generator) => randint(count, shape, int64, generator: generator));

    internal Tensor Draw(long[] shape, Generator generator) => _draw(shape, generator);
}
