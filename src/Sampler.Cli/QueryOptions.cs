using System.CommandLine;
using Diffusion.Codecs;
using Diffusion.Codecs.Queries;

namespace Diffusion.Cli;

/// <summary>The options that say which rows of a table are asked for.</summary>
internal sealed class QueryOptions
{
    private const string RangeMark = "..";

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Rows with a given cell or a range, such as sex=female or age=30..40; can be repeated [default: all rows]",
    };

    private readonly Option<string?> _balance = new("--balance")
    {
        Description = "A column of categories, each of which occurs equally often [default: none]",
    };

    private readonly Option<double?> _guidance = GuidanceOption.Create();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_where);
        command.Add(_balance);
        command.Add(_guidance);
    }

    /// <summary>Returns a request for the rows that are asked for.</summary>
    /// <exception cref="DiffusionException">The model was not trained on a table, or the table has no such cells.</exception>
    public SamplingRequest Apply(ParseResult parsed, SamplingRequest request)
    {
        TableQuery? query = Read(parsed, request.Card.Data);
        double? guidance = GuidanceOption.Read(parsed, _guidance);
        return query is null && guidance is not null
            ? throw new DiffusionException(
                $"{_guidance.Name} guides to the cells of {_where.Name} or {_balance.Name}; none is given. Leave it out.")
            : request.With(query, guidance);
    }

    private TableQuery? Read(ParseResult parsed, DataInfo data)
    {
        (string[] where, string? balance) = (parsed.GetValue(_where) ?? [], parsed.GetValue(_balance));
        if (where.Length == 0 && balance is null)
        {
            return null;
        }

        TableSpec table = data.Table ?? throw new DiffusionException(
            $"{_where.Name} and {_balance.Name} apply to models of tables; this is a model of points. Leave them out.");
        return new TableQuery(table, [.. where.Select(text => Parse(text, table))], balance);
    }

    private CellRange Parse(string text, TableSpec table)
    {
        string? column = table.Columns.Select(column => column.Name)
            .Where(name => text.StartsWith(name + "=", StringComparison.Ordinal)).MaxBy(name => name.Length);
        if (column is null)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            throw equals < 1
                ? new DiffusionException($"{_where.Name} must be a column and a cell, such as sex=female or age=30..40; found '{text}'.")
                : new DiffusionException(
                    $"The model has no column '{text[..equals]}'; its columns are: "
                        + $"{string.Join(", ", table.Columns.Select(known => known.Name))}.");
        }

        string cell = text[(column.Length + 1)..];
        int mark = cell.IndexOf(RangeMark, StringComparison.Ordinal);
        return mark < 0 || table.Require(column) is Codecs.Columns.CategoryColumnSpec { Texts: not null }
            ? new CellRange(column, cell)
            : new CellRange(column, cell[..mark], cell[(mark + RangeMark.Length)..]);
    }
}
