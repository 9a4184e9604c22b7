using Diffusion.Data.BuiltIn;
using Diffusion.Points;

namespace Diffusion.Evaluation;

/// <summary>Points drawn anew from a data set, in its own units.</summary>
/// <param name="set">The data set.</param>
public sealed class DataSetTruth(IDataSet set) : ITruth
{
    /// <summary>The seeds of true points lie far from those that people train with, whose points the model may have seen.</summary>
    public const ulong FirstSeed = 1UL << 32;

    /// <inheritdoc/>
    public string Name => $"fresh points of {set.Name}";

    /// <inheritdoc/>
    public int LargestCount => int.MaxValue;

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } = Measure.For(set);

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => [];

    /// <inheritdoc/>
    public PointSet InItsUnits(NumericTable samples) => samples.ToPoints(Name);

    /// <inheritdoc/>
    public (PointSet Reference, PointSet Fresh) Draw(int count, uint seed)
        => (set.Draw(count, FirstSeed + (2 * seed)), set.Draw(count, FirstSeed + (2 * seed) + 1));
}
