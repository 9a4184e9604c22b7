using System.Text.RegularExpressions;

namespace Diffusion.Tests.Support;

/// <summary>The C# examples of a page. A test runs their code, and this class checks that it is the code of the page.</summary>
internal static partial class Example
{
    /// <summary>Checks that a test has every paragraph of the C# examples of a page. Indentation is ignored.</summary>
    /// <param name="page">The page, from the folder with the solution.</param>
    /// <param name="test">The source file of the test, from the folder with the solution.</param>
    /// <param name="replacements">The texts of the page for which the test has others, such as the path of a file.</param>
    public static void AssertIsIn(string page, string test, params (string Page, string Test)[] replacements)
    {
        string[] examples = [.. Block().Matches(Read(page)).Select(match => match.Groups[1].Value)];
        Assert.IsNotEmpty(examples, page);
        string source = Lines(Read(test).Split('\n'));
        foreach (string example in examples)
        {
            string expected = example;
            foreach ((string written, string run) in replacements.Where(pair => example.Contains(pair.Page, StringComparison.Ordinal)))
            {
                expected = expected.Replace(written, run, StringComparison.Ordinal);
            }

            // The directives stand at the top of the test, sorted in among others.
            string[] lines = expected.Split('\n');
            foreach (string paragraph in string.Join('\n', lines.Where(line => !Directive().IsMatch(line))).Split("\n\n"))
            {
                bool isRun = source.Contains(Lines(paragraph.Split('\n')), StringComparison.Ordinal);
                Assert.IsTrue(isRun, $"{page}: {test} does not run\n{paragraph}");
            }

            foreach (Match directive in lines.Select(line => Directive().Match(line)).Where(match => match.Success))
            {
                bool isThere = source.Contains(directive.Value, StringComparison.Ordinal)
                    || source.Contains($"namespace {directive.Groups[1].Value}.", StringComparison.Ordinal);
                Assert.IsTrue(isThere, $"{page}: {directive.Value}");
            }
        }
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static string Lines(IEnumerable<string> lines)
        => string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using ([\w.]+);$")]
    private static partial Regex Directive();
}
