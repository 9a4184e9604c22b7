using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;

namespace Diffusion.Training.Data;

/// <summary>Points that are drawn anew for every batch, so that no point is seen twice.</summary>
/// <param name="set">The data set.</param>
public sealed class FreshPoints(IDataSet set) : IPointSource
{
    /// <inheritdoc/>
    public DataInfo Info { get; } = new() { Name = set.Name, Dimension = set.Dimension };

    /// <inheritdoc/>
    public void Fill(ulong seed, long first, Span<float> points) => set.Draw(seed, first, points);
}
