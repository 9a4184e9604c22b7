using Diffusion.Tests.Support;

namespace Diffusion.Tests.Architecture;

/// <summary>A source file is one idea, and can be read without scrolling sideways.</summary>
[TestClass]
public sealed class SourceLayoutTests
{
    private const int LongestLine = 140;
    private const int MostLines = 250;

    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks"];

    [TestMethod]
    public void SourceFiles_AreShort_AndSoAreTheirLines()
    {
        string[] files = [.. Folders.SelectMany(Sources)];
        Assert.IsGreaterThan(500, files.Length);
        string[] faults = [.. files.SelectMany(file => Faults(Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file)))];
        Assert.IsEmpty(faults, $"Wrap these lines or split these files:\n{string.Join('\n', faults)}");
    }

    [TestMethod]
    public void TheCheck_FindsALineOfOneCharacterTooMany()
    {
        string text = $"{new string('ᾱ', LongestLine)}\n{new string('ᾱ', LongestLine + 1)}\r\n\n";
        CollectionAssert.AreEqual(new[] { "a.cs:2: 141 characters; at most 140" }, Faults("a.cs", text).ToArray());
    }

    [TestMethod]
    public void TheCheck_FindsAFileOfOneLineTooMany()
    {
        string text = string.Concat(Enumerable.Repeat("//\n", MostLines));
        Assert.IsEmpty(Faults("a.cs", text));
        CollectionAssert.AreEqual(new[] { "a.cs:251: 251 lines; at most 250" }, Faults("a.cs", text + "//\n").ToArray());
        CollectionAssert.AreEqual(new[] { "a.cs:251: 251 lines; at most 250" }, Faults("a.cs", text + "//").ToArray());
    }

    /// <summary>What is too long in a source file, each with its place.</summary>
    private static IEnumerable<string> Faults(string name, string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        lines = lines[^1].Length == 0 ? lines[..^1] : lines;
        for (int k = 0; k < lines.Length; k++)
        {
            if (lines[k].Length > LongestLine)
            {
                yield return $"{name}:{k + 1}: {lines[k].Length} characters; at most {LongestLine}";
            }
        }

        if (lines.Length > MostLines)
        {
            yield return $"{name}:{lines.Length}: {lines.Length} lines; at most {MostLines}";
        }
    }

    /// <summary>The C# files of a folder that somebody wrote.</summary>
    private static IEnumerable<string> Sources(string folder)
        => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
