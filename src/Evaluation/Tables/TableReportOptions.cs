namespace Diffusion.Evaluation.Tables;

/// <summary>How to compare a synthetic table with a real one.</summary>
public sealed record TableReportOptions
{
    /// <summary>Gets the column that is predicted from the others; null, the default, for none.</summary>
    public string? Target { get; init; }

    /// <summary>Gets the columns that the target is not predicted from, such as a sum that it is a part of; none by default.</summary>
    public IReadOnlySet<string> NotPredictors { get; init; } = new HashSet<string>();

    /// <summary>Gets the columns of numbers or dates that are treated as categories, as text is; none by default.</summary>
    public IReadOnlySet<string> Categories { get; init; } = new HashSet<string>();

    /// <summary>Gets the seed of all choices of rows; 0 by default.</summary>
    public ulong Seed { get; init; }
}
