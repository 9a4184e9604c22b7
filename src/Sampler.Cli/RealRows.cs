using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Data.Splits;
using Diffusion.Data.Tables;
using Diffusion.Tables;

namespace Diffusion.Cli;

/// <summary>The real rows that samples of a model of a table are compared with.</summary>
/// <param name="All">All rows of the file.</param>
/// <param name="Training">The rows that the model was trained on; all where that is not known.</param>
/// <param name="HoldOut">The rows that were held out; null where there are none, or they are not known.</param>
internal sealed record RealRows(Table All, Table Training, Table? HoldOut)
{
    /// <summary>Gets the file.</summary>
    public required string Path { get; init; }

    /// <summary>Gets a value indicating whether the file is the one that the model was trained on.</summary>
    public required bool IsOfModel { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file that the model was trained on, or another one with its columns.</param>
    /// <param name="card">The model.</param>
    /// <param name="hasHeader">Whether the first line is the header; null where it is as in the file of the model.</param>
    /// <exception cref="DiffusionException">The file cannot be read, or lacks a column of the model.</exception>
    public static RealRows Read(string path, ModelCard card, bool? hasHeader = null)
    {
        TableSpec spec = card.Data.Table!;
        TableFileContent content = TableFile.Read(path, new TableFileOptions
        {
            HasHeader = TableFile.IsText(path) ? hasHeader ?? spec.HasHeader : hasHeader, HeaderOption = HeaderOption.Name,
        });
        string[] lacking = [.. spec.Columns.Select(column => column.Name).Where(name => content.Table.Find(name) is null)];
        if (lacking.Length > 0)
        {
            throw new DiffusionException(
                $"'{path}' lacks columns that the model has: {string.Join(", ", lacking)}. "
                    + $"Its columns are: {string.Join(", ", content.Table.Columns.Select(column => column.Name))}.");
        }

        bool isOfModel = content.Sha256 == card.Data.FileSha256;
        double share = isOfModel ? card.Training?.HoldOutShare ?? 0 : 0;
        HoldOutRows split = HoldOutRows.Choose(content.Table, share, card.Training?.Seed ?? 0);
        (Table training, Table? holdOut) = split.Held.Length == 0
            ? (content.Table, null)
            : (content.Table.SelectRows(split.Learned), content.Table.SelectRows(split.Held));
        return new RealRows(content.Table, training, holdOut) { Path = path, IsOfModel = isOfModel };
    }

    /// <summary>Says on standard error if it is not known which rows were held out.</summary>
    public void WarnIfOther()
    {
        if (!IsOfModel)
        {
            Console.Error.WriteLine(
                $"'{Path}' is not the file that the model was trained on, so which of its rows were held out is not known.");
        }
    }
}
