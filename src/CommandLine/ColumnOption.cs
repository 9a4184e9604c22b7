using System.CommandLine;
using Diffusion.Data.Tables;

namespace Diffusion.CommandLine;

/// <summary>The option --columns, which chooses columns of a file.</summary>
public static class ColumnOption
{
    /// <summary>The name of the option.</summary>
    public const string Name = "--columns";

    /// <summary>Makes the option.</summary>
    public static Option<string?> Create()
        => new(Name) { Description = "Columns of the file, separated by commas, by name or by number from 1 [default: all]" };

    /// <summary>What was chosen, or null where nothing was said.</summary>
    /// <exception cref="DiffusionException">The list is empty, or names a column twice.</exception>
    public static ColumnChoice? Parse(string? list)
    {
        if (list is null)
        {
            return null;
        }

        IReadOnlyList<string> columns = CsvFile.ReadWords(list);
        return columns.Count > 0 && columns.All(column => column.Length > 0) && columns.Distinct().Count() == columns.Count
            ? ColumnChoice.Of(columns)
            : throw new DiffusionException(
                $"--columns must be distinct names or numbers separated by commas, such as age,height; found '{list}'.");
    }
}
