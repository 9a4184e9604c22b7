using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>Turns the samples of a sampler into data.</summary>
public interface IDecoder
{
    /// <summary>Gets a value indicating whether tables hold values that float32 cannot.</summary>
    bool GivesDoubles { get; }

    /// <summary>Turns samples into points in the units of the data, rounded to float32: the learned columns.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>; changed in place.</param>
    void RestorePoints(Span<float> samples);

    /// <summary>Turns samples into rows of numbers, in double precision, with the columns that are always the same.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    /// <returns>The rows, <c>[n, D]</c>, in the units of the data.</returns>
    NumericTable ToNumbers(SampleBatch samples);

    /// <summary>Turns samples into rows of a table with columns of any type.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    /// <returns>The rows, with all columns.</returns>
    Table ToTable(SampleBatch samples);
}
