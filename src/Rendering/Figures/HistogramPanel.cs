namespace Diffusion.Rendering.Figures;

/// <summary>How often the values of a column occur in data and in samples.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Note">What is said of it in a few words.</param>
/// <param name="AreCategories">Whether each bar is one value; otherwise they are parts of a range, in order.</param>
/// <param name="Bars">The bars; at least one.</param>
/// <param name="Missing">The share of missing cells, from 0 to 1.</param>
public sealed record HistogramPanel(
    string Name, string Note, bool AreCategories, IReadOnlyList<HistogramPanelBar> Bars, (double Data, double Samples) Missing = default);

/// <summary>One value or part of a column.</summary>
/// <param name="Label">The value, or where the part begins; of the last part, where it ends.</param>
/// <param name="Data">Its share of the data, from 0 to 1.</param>
/// <param name="Samples">Its share of the samples, from 0 to 1.</param>
/// <param name="IsRest">Whether it stands for all values without a bar of their own.</param>
public sealed record HistogramPanelBar(string Label, double Data, double Samples, bool IsRest = false);
