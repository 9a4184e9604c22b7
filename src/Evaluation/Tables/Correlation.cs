using System.Numerics.Tensors;

namespace Diffusion.Evaluation.Tables;

/// <summary>The correlation of numbers.</summary>
internal static class Correlation
{
    /// <summary>Returns the correlation of Pearson over the rows that have both cells, from −1 to 1; 0 if a column is constant
    /// there.</summary>
    /// <param name="first">The cells of one column, <c>[n]</c>; NaN where one is missing.</param>
    /// <param name="second">The cells of the other column, <c>[n]</c>.</param>
    public static double Pearson(double[] first, double[] second)
    {
        (double X, double Y)[] both =
            [.. first.Zip(second).Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second))];
        double[] x = Centred(Array.ConvertAll(both, pair => pair.X));
        double[] y = Centred(Array.ConvertAll(both, pair => pair.Y));
        double correlation = TensorPrimitives.Dot<double>(x, y) / (TensorPrimitives.Norm<double>(x) * TensorPrimitives.Norm<double>(y));
        return double.IsNaN(correlation) ? 0 : correlation;
    }

    private static double[] Centred(double[] values)
    {
        double mean = values.DefaultIfEmpty().Average();
        return Array.ConvertAll(values, value => value - mean);
    }
}
