using Diffusion.Codecs;
using Diffusion.Codecs.Columns;

namespace Diffusion.Cards;

/// <summary>What a column of a table is called in a compiled sampler.</summary>
public sealed class CompiledColumn
{
    private const string GivenPrefix = "given.";
    private const string MaskPrefix = "given_mask.";

    /// <summary>What the names of values within the file begin with.</summary>
    private static readonly string[] InnerPrefixes = ["sampler/", "row/", "table/", "network/"];

    private CompiledColumn(ColumnSpec column, string output) => (Column, Output) = (column, output);

    /// <summary>Gets the column.</summary>
    public ColumnSpec Column { get; }

    /// <summary>Gets the name of the output with its cells, <c>[n]</c>: text, or float64 for numbers, dates and times. It is the name of
    /// the column, with underscores around it where another value of the file has that name.</summary>
    public string Output { get; }

    /// <summary>Gets the name of the input with given cells, <c>[n]</c>: float64 for a <see cref="NumberColumnSpec"/>, else the number of
    /// the category, int64. It is there where the file was compiled for it.</summary>
    public string Given => GivenPrefix + Output;

    /// <summary>Gets the name of the input that says which cells are given, bool <c>[n]</c>.</summary>
    public string Mask => MaskPrefix + Output;

    /// <summary>Gets a value indicating whether the cells are text.</summary>
    public bool IsText => Column is CategoryColumnSpec { Texts: not null };

    /// <summary>Names all columns of a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The columns, in the order of the table.</returns>
    public static IReadOnlyList<CompiledColumn> FromTable(TableSpec table)
    {
        ArgumentNullException.ThrowIfNull(table);
        HashSet<string> taken = [CompiledNames.Noise, CompiledNames.StepNoise, CompiledNames.Sample, CompiledNames.Trajectory];
        List<CompiledColumn> columns = [];
        foreach (ColumnSpec column in table.Columns)
        {
            CompiledColumn named = new(column, IsInner(column.Name) ? $"_{column.Name}" : column.Name);
            while (named.Names.Any(taken.Contains))
            {
                named = new CompiledColumn(column, $"{named.Output}_");
            }

            taken.UnionWith(named.Names);
            columns.Add(named);
        }

        return columns;
    }

    private IEnumerable<string> Names => [Output, Given, Mask];

    private static bool IsInner(string name) => Array.Exists(InnerPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
