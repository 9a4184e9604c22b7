using Diffusion.Codecs;
using Diffusion.Training.Data.Tables;

namespace Diffusion.Training.Data;

/// <summary>What a network is trained on.</summary>
/// <param name="Info">What the samples are, for the card of the model.</param>
/// <param name="Source">The samples that it learns from.</param>
/// <param name="HoldOut">Samples that it never sees; null where every sample is a fresh one.</param>
/// <param name="Remarks">What a user should know about the data, a sentence each.</param>
public sealed record TrainingSet(DataInfo Info, IBatchSource Source, IBatchSource? HoldOut, IReadOnlyList<string> Remarks)
{
    /// <summary>Gets what was found in the columns of a table, and what is done with them; null for points.</summary>
    public IReadOnlyList<ColumnReport>? Columns { get; init; }

    /// <summary>Gets the share of a table's rows that is held out, from 0 to 1; 0 for points.</summary>
    public double HoldOutShare { get; init; }

    /// <summary>Gets the number of rows of a table that are learned from; 0 for points.</summary>
    public int RowCount { get; init; }
}
