using System.Text.RegularExpressions;
using Diffusion.Tests.Support;

namespace Diffusion.Training.Tests;

/// <summary>docs/gallery.md keeps what it promises.</summary>
[TestClass]
public sealed partial class GalleryTests
{
    private const string Pictures = "docs/pictures";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "gallery.md"));

    [TestMethod]
    public void EveryPicture_HasItsCommand_AndIsThere()
    {
        string[] drawn = [.. Commands()
            .Select(words => words[^1])
            .Where(word => word.StartsWith(Pictures, StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .Order()!];
        string[] shown = [.. Shown().Matches(Text).Select(match => match.Groups[1].Value).Order()];
        CollectionAssert.AreEqual(shown, drawn);
        foreach (string name in shown)
        {
            Assert.IsTrue(File.Exists(Path.Combine(Repository.Root, Pictures, name)), name);
        }
    }

    /// <summary>
    /// In two empty folders, as after two fresh clones. What computes for longest is done once; that it comes out the same
    /// twice is tested in smaller form (<c>Figures_AreTheSameTwice_InEveryFormat</c>, <c>TheCommandOfTheCard_MakesTheSameModelAgain</c>).
    /// </summary>
    [TestMethod]
    public void EveryCommand_DrawsItsPicture_AndTheSameBytesTwice()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        Run(first, Commands());
        Run(second, Commands().Where(words => !IsLong(words)));
        Assert.HasCount(Shown().Count(Text), Drawn(first));
        string[] again = [.. Drawn(second)];
        Assert.IsGreaterThan(10, again.Length);
        foreach (string name in again)
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(first[name]), File.ReadAllBytes(second[name]), name);
        }
    }

    /// <summary>Trains, draws what was trained, or solves the ODE for thousands of points with many solvers and steps.</summary>
    private static bool IsLong(string[] words)
        => words is ["diffusion-train", ..] or [_, "figure", "convergence" or "density", ..]
            || words.Any(word => word.StartsWith("out/", StringComparison.Ordinal));

    private static IEnumerable<string> Drawn(TemporaryFolder folder)
        => Directory.GetFiles(folder[Pictures]).Select(path => Path.GetRelativePath(folder.Root, path));

    private static void Run(TemporaryFolder folder, IEnumerable<string[]> commands)
    {
        foreach (string shared in new[] { "models", "samples" })
        {
            Directory.CreateSymbolicLink(folder[shared], Path.Combine(Repository.Root, shared));
        }

        Directory.CreateDirectory(folder[Pictures]);
        Directory.CreateDirectory(folder["out"]);
        foreach (string[] words in commands)
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
