using System.Text.RegularExpressions;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Architecture;

/// <summary>What is written keeps its promises.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    [TestMethod]
    public void Links_LeadToFilesThatAreThere_AndNothingIsLeftToFillIn()
    {
        string root = Repository.Root;
        string[] folders = ["", "docs", "models", .. Directory.GetDirectories(Path.Combine(root, "src"))];
        string[] pages = [.. folders.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.md"))];
        Assert.IsGreaterThan(4, pages.Length);
        foreach (string page in pages)
        {
            string text = File.ReadAllText(page);
            Assert.IsFalse(text.Contains("@@", StringComparison.Ordinal), page);
            foreach (string target in Link().Matches(text)
                .Select(match => match.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal)))
            {
                Assert.IsTrue(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)), $"{page}: {target}");
            }
        }
    }

    [GeneratedRegex(@"\]\(([^)#]+)[^)]*\)")]
    private static partial Regex Link();
}
