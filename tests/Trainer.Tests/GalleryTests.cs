using System.Text.RegularExpressions;
using Diffusion.Tests.Support;

namespace Diffusion.Trainer.Tests;

/// <summary>docs/gallery.md keeps what it promises.</summary>
[TestClass]
public sealed partial class GalleryTests
{
    private const string Pictures = "docs/pictures";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "gallery.md"));

    [TestMethod]
    public void EveryPicture_HasItsCommand_AndIsThere()
    {
        string[] drawn = [.. Commands().Select(words => words[^1]).Where(word => word.StartsWith(Pictures, StringComparison.Ordinal)).Select(Path.GetFileName).Order()!];
        string[] shown = [.. Shown().Matches(Text).Select(match => match.Groups[1].Value).Order()];
        CollectionAssert.AreEqual(shown, drawn);
        foreach (string name in shown)
        {
            Assert.IsTrue(File.Exists(Path.Combine(Repository.Root, Pictures, name)), name);
        }
    }

    /// <summary>Twice in two empty folders, as after two fresh clones; training among them.</summary>
    [TestMethod]
    public void EveryCommand_WritesTheSameBytesTwice()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        Parallel.ForEach([first, second], Run);
        string[] names = Names(first);
        CollectionAssert.AreEqual(names, Names(second));
        Assert.HasCount(Shown().Count(Text), names.Where(name => name.StartsWith(Pictures, StringComparison.Ordinal)));

        // The log alone tells the time.
        foreach (string name in names.Where(name => name != "out/people.csv"))
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(first[name]), File.ReadAllBytes(second[name]), name);
        }
    }

    private static string[] Names(TemporaryFolder folder)
        => [.. new[] { Pictures, "out" }.SelectMany(part => Directory.GetFiles(folder[part])).Select(path => Path.GetRelativePath(folder.Root, path)).Order()];

    private static void Run(TemporaryFolder folder)
    {
        foreach (string shared in new[] { "models", "samples" })
        {
            Directory.CreateSymbolicLink(folder[shared], Path.Combine(Repository.Root, shared));
        }

        Directory.CreateDirectory(folder[Pictures]);
        Directory.CreateDirectory(folder["out"]);
        foreach (string[] words in Commands())
        {
            (int code, _, string messages) = CommandRun.Of(words[0], folder.Root, words[1..]);
            Assert.AreEqual(0, code, $"{string.Join(' ', words)}\n{messages}");
        }
    }

    /// <summary>The lines of code that are commands, word by word.</summary>
    private static IEnumerable<string[]> Commands()
        => Fences().Matches(Text).SelectMany(match => match.Groups[1].Value.Trim().Split('\n')).Select(line => line.Split(' '));

    [GeneratedRegex(@"```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"!\[[^\]]*\]\(pictures/([^)]*)\)")]
    private static partial Regex Shown();
}
