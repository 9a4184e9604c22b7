using System.CommandLine;
using System.CommandLine.Parsing;

namespace Diffusion.CommandLine;

/// <summary>What is wrong with words that each on its own could be parsed.</summary>
internal static class WordCheck
{
    private const string StandardOutput = "-";

    /// <summary>The options of all commands that name a file to be written.</summary>
    private static readonly string[] Written = ["--output", "--trajectory", "--log", "--report"];

    /// <summary>What to say of the first mistake, or null.</summary>
    public static string? Complaint(ParseResult parsed)
    {
        (string Symbol, Type Type, string Word)[] words = [.. parsed.CommandResult.Children.SelectMany(Words)];
        return words.Where(IsDecimalComma).Select(DescribeDecimalComma).FirstOrDefault()
            ?? words.Where(found => Written.Contains(found.Symbol) && found.Type == typeof(string))
                .Select(output => Clash(output.Symbol, output.Word, words))
                .FirstOrDefault(clash => clash is not null);
    }

    private static IEnumerable<(string Symbol, Type Type, string Word)> Words(SymbolResult result) => result switch
    {
        OptionResult option => option.Tokens.Select(token => (option.Option.Name, option.Option.ValueType, token.Value)),
        ArgumentResult argument => argument.Tokens.Select(token => (argument.Argument.Name, argument.Argument.ValueType, token.Value)),
        _ => [],
    };

    /// <summary>.NET passes over commas, and would take 0,003 for 3.</summary>
    private static bool IsDecimalComma((string Symbol, Type Type, string Word) found)
        => (Nullable.GetUnderlyingType(found.Type) ?? found.Type) == typeof(double) && found.Word.Contains(',', StringComparison.Ordinal);

    private static string DescribeDecimalComma((string Symbol, Type Type, string Word) found)
        => $"Cannot parse argument '{found.Word}' for option '{found.Symbol}': expected a number with a decimal point, such as 0.5.";

    /// <summary>A file that is read and written, or written twice, is lost.</summary>
    private static string? Clash(string symbol, string word, IEnumerable<(string Symbol, Type Type, string Word)> words)
        => words.Where(other => other.Symbol != symbol && IsSame(other.Word, word))
            .Select(other => $"'{word}' is both {symbol} and {other.Symbol}, and one would overwrite the other. Use two different files.")
            .FirstOrDefault();

    private static bool IsSame(string one, string other)
        => one.Length > 0 && other.Length > 0 && one != StandardOutput && Path.GetFullPath(one) == Path.GetFullPath(other);
}
