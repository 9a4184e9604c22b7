using Diffusion.Randomness;
using Diffusion.Samples;

namespace Diffusion.Training.Data;

/// <summary>
/// A source some of whose class labels are replaced by "none", so that a network learns to answer without a class too (Ho and Salimans
/// 2022, Algorithm 1). Whether the label of sample i is dropped is a function of the seed and of i alone.
/// </summary>
/// <param name="source">The source, with or without labels.</param>
/// <param name="probability">The probability that a label is dropped, from 0 to 1.</param>
internal sealed class LabelDropout(IBatchSource source, double probability) : IBatchSource
{
    private const uint OnlyStream = 0;

    /// <inheritdoc/>
    public SampleShape Shape => source.Shape;

    /// <inheritdoc/>
    public ConditionSignature Conditions => source.Conditions;

    /// <inheritdoc/>
    public int? Count => source.Count;

    /// <inheritdoc/>
    public CleanBatch Draw(ulong seed, long first, int count)
    {
        CleanBatch batch = source.Draw(seed, first, count);
        long[] labels = batch.Conditions.Labels.ToArray();
        float[] chances = new float[labels.Length];
        new PhiloxUniform(seed, RandomDomain.LabelDropout).Fill(OnlyStream, first, chances);
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = chances[i] < probability ? Conditions.NoLabel : labels[i];
        }

        return batch with { Conditions = batch.Conditions.WithLabels(labels) };
    }
}
