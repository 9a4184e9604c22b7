using Diffusion.Points;

namespace Diffusion.Evaluation;

/// <summary>Where true points come from.</summary>
public interface ITruth
{
    /// <summary>What to call it in messages.</summary>
    string Name { get; }

    /// <summary>The largest number of points that <see cref="Draw"/> can give.</summary>
    int LargestCount { get; }

    /// <summary>What can be measured against it.</summary>
    IReadOnlyList<Measure> Measures { get; }

    /// <summary>Gets what a user should know of how it was read, a sentence each.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>Samples, which are in the units of the data, in the units that it is measured in.</summary>
    PointSet InItsUnits(NumericTable samples);

    /// <summary>Draws two independent sets of true points, <c>[n, d]</c> each: one to compare with, the other to be compared.</summary>
    /// <param name="count">The number n of points in each.</param>
    /// <param name="seed">The number of the draw.</param>
    (PointSet Reference, PointSet Fresh) Draw(int count, uint seed);
}
