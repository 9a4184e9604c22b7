using Diffusion.Points;
using Diffusion.Samples;

namespace Diffusion.Training.Data;

/// <summary>A set of samples that does not change: all of them once in random order, then all of them again in another order, and so
/// on.</summary>
public sealed class FixedSamples : IBatchSource
{
    private readonly CleanBatch _all;
    private readonly EpochOrder _order;

    /// <summary>Creates a source of samples with conditions.</summary>
    /// <param name="samples">The set, <c>[n, Size]</c>, n at least 1, in the units of the network.</param>
    /// <param name="conditions">The conditions of each sample.</param>
    /// <param name="signature">Which conditions these are.</param>
    /// <exception cref="ArgumentException">There is no sample, or there are conditions of another number of samples.</exception>
    /// <exception cref="DiffusionException">The conditions do not fit the signature.</exception>
    public FixedSamples(SampleBatch samples, ConditionBatch conditions, ConditionSignature signature)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(conditions);
        if (samples.Count == 0 || conditions.Count != samples.Count)
        {
            throw new ArgumentException(
                Invariant($"At least 1 sample and conditions of equally many are required; found {samples.Count} and {conditions.Count}."),
                nameof(conditions));
        }

        conditions.Validate(signature, samples.Shape.Size);
        _all = new CleanBatch(samples, conditions);
        _order = new EpochOrder(samples.Count);
        Conditions = signature;
    }

    /// <summary>Creates a source of points without conditions.</summary>
    /// <param name="points">The set, <c>[n, d]</c>, n at least 1, in the units of the network.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public FixedSamples(PointSet points)
        : this(ToSamples(points), new ConditionBatch(points.Count), default)
    {
    }

    /// <inheritdoc/>
    public SampleShape Shape => _all.Samples.Shape;

    /// <inheritdoc/>
    public ConditionSignature Conditions { get; }

    /// <summary>Gets the number of samples of the set.</summary>
    public int Count => _all.Samples.Count;

    /// <inheritdoc/>
    int? IBatchSource.Count => Count;

    /// <inheritdoc/>
    public CleanBatch Draw(ulong seed, long first, int count) => Select(_order.Rows(seed, first, count));

    /// <summary>Returns a source of the same set whose samples are each drawn independently of all others, so that one may be drawn again
    /// before all have been.</summary>
    public IBatchSource WithReplacement() => new ResampledSamples(this);

    /// <summary>Copies the samples of the given numbers, and their conditions.</summary>
    internal CleanBatch Select(ReadOnlySpan<int> indices) => new(_all.Samples.Select(indices), _all.Conditions.Select(indices));

    private static SampleBatch ToSamples(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new SampleBatch(points.AsMemory(), SampleShape.Vector(points.Dimension));
    }
}
