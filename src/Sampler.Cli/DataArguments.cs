using System.CommandLine;
using Diffusion.Cards;
using Diffusion.CommandLine;
using Diffusion.Data.BuiltIn;
using Diffusion.Data.Tables;
using Diffusion.Evaluation;
using Diffusion.Points;

namespace Diffusion.Cli;

/// <summary>The options that name true points: a data set or a file; where nothing is said, the model's own data set.</summary>
internal sealed class DataArguments
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "True points: a data set, or a .csv or .npy file; of a table, any file of rows [default: the data set of the model]",
    };

    private readonly Option<string?> _columns = ColumnOption.Create();
    private readonly Option<string?> _header = HeaderOption.Create();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_columns);
        command.Add(_header);
    }

    /// <summary>Returns the file that was said.</summary>
    /// <exception cref="DiffusionException">None was.</exception>
    public string RequireFile(ParseResult parsed) => parsed.GetValue(_data)
        ?? throw new DiffusionException($"A table is compared with the table that it was learned from. Specify it: {_data.Name} FILE.");

    /// <summary>The rows of the file that was said, for a model of a table; null where none was.</summary>
    /// <exception cref="DiffusionException">The file cannot be read, or lacks a column of the model.</exception>
    public RealRows? Rows(ParseResult parsed, ModelCard card) => parsed.GetValue(_data) is null ? null : RequireRows(parsed, card);

    /// <summary>The rows of the file that was said, for a model of a table.</summary>
    /// <exception cref="DiffusionException">No file was said, it cannot be read, or it lacks a column of the model.</exception>
    public RealRows RequireRows(ParseResult parsed, ModelCard card)
        => RealRows.Read(RequireFile(parsed), card, HeaderOption.Parse(parsed.GetValue(_header)));

    /// <summary>The columns of a model's table that a figure shows: those that were said, or the first ones.</summary>
    /// <param name="parsed">What was said.</param>
    /// <param name="request">The model.</param>
    /// <param name="most">How many there is room for.</param>
    /// <exception cref="DiffusionException">A column is not there, or more are asked for than there is room for.</exception>
    public ShownColumns ChooseColumns(ParseResult parsed, SamplingRequest request, int most)
        => ShownColumns.Choose(
            request.Card.Data.Table!, ColumnOption.Parse(parsed.GetValue(_columns)), request.Card.Data.Name, most);

    /// <summary>What to compare samples with.</summary>
    /// <exception cref="DiffusionException">Nothing is known, or it does not fit the model.</exception>
    public ITruth OpenTruth(ParseResult parsed, ModelCard card)
        => ReadFile(parsed, card) is { } file
            ? new FileTruth(parsed.GetValue(_data)!, card.Data, file)
            : new DataSetTruth(FindSet(parsed, card) ?? throw new DiffusionException(
                $"The model was trained on '{card.Data.File ?? card.Data.Name}'. Specify the data to compare with: --data FILE."));

    /// <summary>Some true points in the units of the data, or null where none are known.</summary>
    /// <param name="parsed">What was said.</param>
    /// <param name="card">The model.</param>
    /// <param name="most">How many to have at most.</param>
    /// <exception cref="DiffusionException">What was said does not fit the model.</exception>
    public PointSet? Points(ParseResult parsed, ModelCard card, int most)
        => ReadFile(parsed, card) is { } file
            ? Shown(file, card, most)
            : FindSet(parsed, card)?.Draw(most, seed: 0);

    /// <summary>Some rows of a file, without the columns that the model has not learned.</summary>
    private static PointSet Shown(TableContent file, ModelCard card, int most)
    {
        Remarks.Write(file.Remarks);
        return LearnedColumns.ToPoints(card.Data, file.Table, most);
    }

    private TableContent? ReadFile(ParseResult parsed, ModelCard card)
    {
        (string? data, string? columns) = (parsed.GetValue(_data), parsed.GetValue(_columns));
        bool? header = HeaderOption.Parse(parsed.GetValue(_header));
        if (data is null || !PointFile.IsPointFile(data))
        {
            return columns is not null ? throw new DiffusionException("--columns applies to files. Specify a file with --data.")
                : header is not null ? throw new DiffusionException("--header applies to files. Specify a file with --data.")
                : null;
        }

        TableContent content = PointFile.ReadTable(data, new TableReading
        {
            Columns = ColumnOption.Parse(columns) ?? ColumnChoice.Of(card.Data),
            HasHeader = header,
            ColumnsOption = ColumnOption.Name,
            HeaderOption = HeaderOption.Name,
        });
        NumericTable file = content.Table;
        if (columns is not null && card.Data.Columns is { } order && file.Columns is { } chosen
            && !chosen.SequenceEqual(order) && chosen.Order().SequenceEqual(order.Order()))
        {
            throw new DiffusionException(
                $"--columns lists the columns of the model in another order; expected {string.Join(",", order)}. "
                    + "Leave it out to match the columns by name.");
        }

        if (file.Width == card.Data.Dimension || file.Width == card.Data.Width)
        {
            return content;
        }

        string names = card.Data.Columns is { } known ? $" ({string.Join(", ", known)})" : "";
        throw new DiffusionException(
            $"'{data}' has {file.Width} columns; the model was trained on {card.Data.Dimension}{names}. Choose them with --columns.");
    }

    private IDataSet? FindSet(ParseResult parsed, ModelCard card)
    {
        IDataSet? set = parsed.GetValue(_data) is { } name ? KnownDataSets.Find(name) : KnownDataSets.ForModel(card);
        return set is null || set.Dimension == card.Data.Dimension
            ? set
            : throw new DiffusionException(
                $"The data set {set.Name} has dimension {set.Dimension}; the model has dimension {card.Data.Dimension}.");
    }
}
