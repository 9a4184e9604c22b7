using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Tables;

namespace Diffusion.Cli;

/// <summary>Which columns of a model's table a figure shows.</summary>
/// <param name="Names">Their names, in the order in which they are shown.</param>
/// <param name="All">The number of columns that there are.</param>
internal sealed record ShownColumns(IReadOnlyList<string> Names, int All)
{
    /// <summary>Gets how many columns are left out, for a subtitle; nothing if none is.</summary>
    public string Note => Names.Count == All ? "" : Invariant($"; {Names.Count} of {All} columns");

    /// <summary>Chooses those that were asked for; otherwise the first ones, without those that follow from others or are always the
    /// same, as long as there is room.</summary>
    /// <param name="spec">The table of the model.</param>
    /// <param name="asked">What was asked for; null for nothing.</param>
    /// <param name="model">The file of the model, for messages.</param>
    /// <param name="most">How many there is room for.</param>
    /// <exception cref="DiffusionException">A column is not there, or more are asked for than there is room for.</exception>
    public static ShownColumns Choose(TableSpec spec, ColumnChoice? asked, string model, int most)
    {
        string[] all = [.. spec.Columns.Select(column => column.Name)];
        if (asked is null)
        {
            string[] learned = [.. spec.Columns.Where(column => spec.Layout.BlocksOf(column).Count > 0).Select(column => column.Name)];
            return new ShownColumns(all.Length <= most ? all : [.. learned.Concat(all).Distinct().Take(most)], all.Length);
        }

        string[] names = [.. asked.Resolve(all, all.Length, model, ColumnOption.Name).Distinct().Select(position => all[position])];
        return names.Length <= most
            ? new ShownColumns(names, all.Length)
            : throw new DiffusionException($"A figure shows at most {most} columns; {ColumnOption.Name} lists {names.Length}.");
    }

    /// <summary>Returns the shown columns of a table.</summary>
    /// <param name="table">A table that has them.</param>
    public Table Of(Table table) => new([.. Names.Select(name => table[name])], table.HasHeader);
}
