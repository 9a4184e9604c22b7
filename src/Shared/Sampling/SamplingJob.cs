using Diffusion.Codecs.Queries;
using Diffusion.Denoising;
using Diffusion.Samples;

namespace Diffusion.Sampling;

/// <summary>
/// What is to be drawn from a model. How it is computed, which changes nothing, is said by <see cref="ExecutionOptions"/>.
/// </summary>
public sealed record SamplingJob
{
    /// <summary>The most samples that one seed is asked for: their values can still be counted, whatever the shape.</summary>
    public const long LargestCount = 1L << 40;

    /// <summary>Gets the number n of samples, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>Gets the solver and its steps; by default the sampler's own plan.</summary>
    public SamplingPlan? Plan { get; init; }

    /// <summary>Gets the seed. The same seed gives the same samples, whatever the number of threads and the size of chunks.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the number of the first sample, at least 0: samples 100 … 199 of a larger job can be drawn alone.</summary>
    public long First { get; init; }

    /// <summary>Gets the initial noise x_T, <c>[n, Size]</c>, in place of what the seed gives.</summary>
    public SampleBatch? Noise { get; init; }

    /// <summary>Gets the conditions of the n samples, for a network that takes some. Null, the default, gives no values; a network that
    /// takes class labels needs them.</summary>
    public ConditionBatch? Conditions { get; init; }

    /// <summary>Gets which rows of a table are asked for, for a model of a table; by default any. Only methods that draw tables take
    /// it.</summary>
    public TableQuery? Query { get; init; }

    /// <summary>Gets the weight w of classifier-free guidance to the labels or, for a network without labels, to the given values: 0
    /// ignores them, 1 is plain conditional; by default as the model recommends, or plain conditional.</summary>
    public double? Guidance { get; init; }

    /// <summary>Gets how the predicted clean data are kept within bounds; by default as the model's card says, which mostly is not at
    /// all.</summary>
    public ClippingOptions? Clipping { get; init; }

    /// <summary>Gets what is known of the clean data, such as given values; by default nothing.</summary>
    public ICleanDataConstraint? Constraint { get; init; }

    /// <summary>Gets the number of the first sample within the job that this one is a part of.</summary>
    internal long Offset { get; init; }

    /// <summary>Checks the job against the model that it is for.</summary>
    /// <param name="signature">What the network takes.</param>
    /// <exception cref="DiffusionException">A value is out of range, or does not fit the network.</exception>
    public void Validate(DenoiserSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        SampleShape shape = signature.Shape;
        if (Count < 1 || Count > LargestCount)
        {
            throw new DiffusionException($"The number of samples must be between 1 and {LargestCount}; was {Count}.");
        }

        if (First < 0 || First > LargestCount - Count)
        {
            throw new DiffusionException(
                $"The index of the first of {Count} samples must be between 0 and {LargestCount - Count}; was {First}.");
        }

        if (Noise is not null && (Noise.Count != Count || Noise.Shape != shape))
        {
            throw new DiffusionException(
                $"The initial noise must have {Count} samples of the shape {shape}; found {Noise.Count} of {Noise.Shape}.");
        }

        if (Guidance is { } guidance && !double.IsFinite(guidance))
        {
            throw new DiffusionException($"The weight of guidance must be a finite number; was {guidance}.");
        }

        if (Query is not null && !signature.Conditions.TakesGiven)
        {
            throw new DiffusionException("The model takes no given values, so rows cannot be asked for.");
        }

        if (Query is not null && (Conditions is not null || Noise is not null))
        {
            throw new DiffusionException("A query gives the conditions; the job must have none, and no initial noise.");
        }

        Clipping?.Validate();
        Constraint?.Validate(shape, Offset + Count);
        ValidateConditions(signature.Conditions, shape.Size);
    }

    /// <summary>Checks the job, and that its samples fit into one array.</summary>
    /// <param name="signature">What the network takes.</param>
    /// <exception cref="DiffusionException">A value is out of range, or does not fit the network.</exception>
    internal void ValidateInMemory(DenoiserSignature signature)
    {
        Validate(signature);
        int most = Array.MaxLength / signature.Shape.Size;
        if (Count > most)
        {
            throw new DiffusionException($"The number of samples in memory must be between 1 and {most}; was {Count}.");
        }
    }

    /// <summary>Returns the job of some of the samples: together, such jobs give the samples of this one.</summary>
    /// <param name="first">The number of the first sample, from 0, within this job.</param>
    /// <param name="count">How many.</param>
    internal SamplingJob Slice(long first, int count) => this with
    {
        Count = count,
        First = First + first,
        Offset = Offset + first,
        Noise = Noise?.Slice((int)first, count),
        Conditions = Conditions?.Slice((int)first, count),
    };

    private void ValidateConditions(ConditionSignature signature, int size)
    {
        if (Conditions is null && signature.TakesLabels)
        {
            throw new DiffusionException("The model takes class labels; the job has none. Specify the conditions.");
        }

        if (Conditions is not null && Conditions.Count != Count)
        {
            throw new DiffusionException($"The conditions must be those of {Count} samples; found {Conditions.Count}.");
        }

        Conditions?.Validate(signature, size);
    }
}
