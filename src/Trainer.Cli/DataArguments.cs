using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Training.Data;
using Diffusion.Training.Data.Tables;

namespace Diffusion.Training.Cli;

/// <summary>The options of diffusion-train for the data.</summary>
internal sealed class DataArguments
{
    private const string PointsName = "points";
    private const string TableName = "table";

    private readonly Argument<string> _data = new("DATA")
    {
        Description = $"moons, circles, 2gmm, radial_gmm, or a file: {TableFile.Endings}",
    };

    private readonly Option<string?> _as = new("--as")
    {
        Description = $"What the rows of a file are: {TableName} (columns of any type) or {PointsName} (numbers, for pictures of the "
            + $"process) [default: {TableName}]",
    };

    private readonly Option<string?> _columns = ColumnOption.Create();
    private readonly Option<string?> _except = new("--except")
    {
        Description = "Columns of a table to leave out, separated by commas [default: none]",
    };

    private readonly Option<string?> _types = new("--types")
    {
        Description = "Types of columns, such as zip=id,class=category: number, date, category, id or text [default: detected]",
    };

    private readonly Option<string?> _missing = new("--missing")
    {
        Description = "More words for missing cells, separated by commas [default: empty, NA, N/A, #N/A, NaN, null, None, ?]",
    };

    private readonly Option<int> _minCount = new("--min-count")
    {
        Description = "Number of rows that a text must occur in to be learned", DefaultValueFactory = _ => TableFitOptions.UsualMinCount,
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "A column that is learned even where it follows from another one [default: none]",
    };

    private readonly Option<string?> _header = HeaderOption.Create();

    private readonly Option<double?> _holdOut = new("--hold-out")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Share of the points held out to measure the loss, between 0 and {DataRequest.LargestHoldOut} "
                + $"[default: {DataRequest.DefaultHoldOut} for a file, 0 for a data set]"),
    };

    private readonly Option<int?> _points = new("--points")
    {
        Description = "Number of fixed training points of a data set [default: new points in every batch]",
    };

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        _as.AcceptOnlyFromAmong(TableName, PointsName);
        command.Add(_data);
        Option[] options = [_as, _columns, _except, _types, _missing, _minCount, _target, _header, _holdOut, _points];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Returns the name of the data.</summary>
    public string NameOf(ParseResult parsed) => parsed.GetRequiredValue(_data);

    /// <summary>Reads which data to train on.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="recipe">The recipe, which has a number of points for data sets.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="DiffusionException">A list is damaged.</exception>
    public DataRequest Read(ParseResult parsed, Recipe recipe, ulong seed)
    {
        DataRequest data = new(NameOf(parsed))
        {
            AsPoints = parsed.GetValue(_as) == PointsName,
            Columns = ColumnOption.Parse(parsed.GetValue(_columns)),
            Except = parsed.GetValue(_except) is { } except ? CsvFile.ReadWords(except) : [],
            Types = ParseTypes(parsed.GetValue(_types)),
            MissingTexts = parsed.GetValue(_missing) is { } missing ? CsvFile.ReadWords(missing) : [],
            MinCount = parsed.GetValue(_minCount),
            Target = parsed.GetValue(_target),
            HasHeader = HeaderOption.Parse(parsed.GetValue(_header)),
            ColumnsOption = ColumnOption.Name,
            ExceptOption = _except.Name,
            TypesOption = _types.Name,
            HeaderOption = HeaderOption.Name,
            HoldOut = parsed.GetValue(_holdOut),
            Seed = seed,
        };
        return data with { Points = parsed.GetValue(_points) ?? (data.IsFile ? null : recipe.Points) };
    }

    /// <summary>Reads a list such as "zip=id,class=category".</summary>
    private Dictionary<string, ColumnType> ParseTypes(string? list)
    {
        Dictionary<string, ColumnType> types = [];
        foreach (string word in list is null ? [] : CsvFile.ReadWords(list))
        {
            int equals = word.LastIndexOf('=');
            bool isType = Enum.TryParse(word[(equals + 1)..], ignoreCase: true, out ColumnType type) && !char.IsAsciiDigit(word[^1]);
            if (equals < 1 || !isType || !types.TryAdd(word[..equals], type))
            {
                string known = string.Join(", ", Enum.GetNames<ColumnType>().Select(name => name.ToLowerInvariant()));
                throw new DiffusionException(
                    $"{_types.Name} must be different columns and their types, such as zip=id,class=category; found '{word}'. "
                        + $"The types are: {known}.");
            }
        }

        return types;
    }
}
