namespace Diffusion.Data.BuiltIn;

/// <summary>A distribution of points that can be drawn from without end.</summary>
public interface IDataSet
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>The number d of coordinates.</summary>
    int Dimension { get; }

    /// <summary>The mean, <c>[d]</c>.</summary>
    IReadOnlyList<double> Mean { get; }

    /// <summary>The covariance, <c>[d, d]</c> row by row.</summary>
    IReadOnlyList<double> Covariance { get; }

    /// <summary>Draws independent points. Point k is a function of the seed and of k alone.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first point, at least 0.</param>
    /// <param name="points">Receives the points, <c>[n, d]</c>.</param>
    void Draw(ulong seed, long first, Span<float> points);
}
