using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>A column that is to be read.</summary>
/// <param name="Position">Its position in the file, from 0.</param>
/// <param name="Name">Its name, or its number from 1.</param>
/// <param name="Asked">What it is said to be; null where its cells decide.</param>
internal readonly record struct ColumnRequest(int Position, string Name, ColumnType? Asked)
{
    /// <summary>Returns the types that columns are said to be of, by their names.</summary>
    /// <param name="columns">The columns that are read.</param>
    public static IReadOnlyDictionary<string, ColumnType> TypesOf(IEnumerable<ColumnRequest> columns)
        => columns.Where(column => column.Asked is not null).ToDictionary(column => column.Name, column => column.Asked!.Value);

    /// <summary>Finds the columns that are to be read.</summary>
    /// <param name="options">What a user asks for.</param>
    /// <param name="names">The names of the columns, or null where they have none.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DiffusionException">A column is not there, or is chosen twice, or none is left.</exception>
    public static ColumnRequest[] Find(TableFileOptions options, IReadOnlyList<string>? names, int count, string path)
    {
        int[] chosen = options.Columns.Resolve(names, count, path);
        RequireOnce(chosen, "is chosen", options.ColumnsOption);
        int[] omitted = Resolve(options.Except, options.ExceptOption);
        _ = Resolve(options.Types.Keys, options.TypesOption);
        (int Position, ColumnType Type)[] asked =
            [.. options.Types.SelectMany(type => Resolve([type.Key], options.TypesOption).Select(column => (column, type.Value)))];
        RequireOnce([.. asked.Select(type => type.Position)], "is given a type", options.TypesOption);
        Dictionary<int, ColumnType> types = asked.ToDictionary(type => type.Position, type => type.Type);
        ColumnRequest[] found =
        [
            .. chosen.Except(omitted).Select(column => new ColumnRequest(
                column, NameOf(column), types.TryGetValue(column, out ColumnType type) ? type : null)),
        ];
        return found.Length > 0 ? found : throw new DiffusionException(
            $"'{path}': no column is left to read. Omit fewer columns{(options.ExceptOption is { } option ? $" with {option}" : "")}.");

        int[] Resolve(IEnumerable<string> words, string? option) => ColumnChoice.Of([.. words]).Resolve(names, count, path, option);

        string NameOf(int column) => names?[column] ?? (column + 1).ToString(CultureInfo.InvariantCulture);

        void RequireOnce(int[] columns, string happens, string? option)
        {
            string[] twice = [.. columns.GroupBy(column => column).Where(group => group.Count() > 1).Select(group => NameOf(group.Key))];
            if (twice.Length > 0)
            {
                throw new DiffusionException(
                    $"'{path}': the column {string.Join(" and the column ", twice)} {happens} more than once. "
                        + $"Name each column once{(option is null ? "" : $" in {option}")}.");
            }
        }
    }
}
