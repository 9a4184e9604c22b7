using System.Globalization;
using Diffusion.Codecs;

namespace Diffusion.Cli;

/// <summary>How finely float32, in which compiled samplers give their samples and in which arrays are written by default, resolves the
/// columns of a table.</summary>
internal static class FloatResolution
{
    /// <summary>The relative distance between neighbouring float32 numbers: 2⁻²³.</summary>
    public const double RelativeStep = 1.0 / (1 << 23);

    /// <summary>Coarser than this, in standard deviations, and samples of a column visibly fall together.</summary>
    private const double Coarsest = 0.01;

    /// <summary>Up to here every whole number is a float32: 2²⁴.</summary>
    private const double LargestExact = 1 << 24;

    /// <summary>Returns the distance between neighbouring float32 numbers in units of the network, <c>[d]</c>.</summary>
    public static double[] Of(DataInfo data) =>
    [
        .. Enumerable.Range(0, data.Dimension)
            .Select(column => RelativeStep * Math.Abs(data.Shift?[column] ?? 0) / (data.Scale?[column] ?? 1)),
    ];

    /// <summary>Returns the columns that float32 cannot carry, by name or by number from 1.</summary>
    public static string[] CoarseColumns(DataInfo data)
    {
        double[] steps = Of(data);
        return [.. Enumerable.Range(0, data.Dimension).Where(column => steps[column] > Coarsest)
            .Select(column => data.Columns?[column] ?? (column + 1).ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Writes a warning to standard error if there are such columns.</summary>
    public static void Warn(DataInfo data)
    {
        if (CoarseColumns(data) is { Length: > 0 } columns)
        {
            Console.Error.WriteLine(
                $"warning: a compiled file returns float32, which cannot resolve the values of {string.Join(", ", columns)}. "
                    + "Use diffusion sample, which computes in double, or subtract a constant from the column.");
        }
    }

    /// <summary>Checks columns that are to be written as float32 although they are there in double: writes a warning to standard error if
    /// float32 is too coarse for some.</summary>
    /// <param name="data">The columns.</param>
    /// <param name="wideOption">The option that writes float64.</param>
    /// <exception cref="DiffusionException">A constant is beyond float32.</exception>
    public static void RequireAndWarn(DataInfo data, string wideOption)
    {
        IReadOnlyList<ConstantColumn> constants = data.Constants ?? [];
        if (constants.FirstOrDefault(constant => float.IsInfinity((float)constant.Value)) is { } beyond)
        {
            throw new DiffusionException(string.Create(
                CultureInfo.InvariantCulture,
                $"Column {NameOf(beyond)} is always {beyond.Value}, which is beyond float32 (3.4e38). Use {wideOption}."));
        }

        string[] coarse =
        [
            .. CoarseColumns(data),
            .. constants.Where(IsCoarse).Select(NameOf),
        ];
        if (coarse.Length > 0)
        {
            Console.Error.WriteLine(
                $"warning: a .npy file holds float32 by default, which cannot resolve the values of {string.Join(", ", coarse)}. "
                    + $"Use {wideOption}.");
        }
    }

    private static bool IsCoarse(ConstantColumn constant)
        => Math.Abs(constant.Value) > LargestExact && constant.Value != (float)constant.Value;

    private static string NameOf(ConstantColumn constant)
        => constant.Name ?? (constant.Position + 1).ToString(CultureInfo.InvariantCulture);
}
