using System.Xml.Linq;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>diffusion evaluate --report, in a process of its own: one page with everything inside.</summary>
[TestClass]
public sealed class ReportPageTests
{
    private static readonly string Penguins = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");

    [TestMethod]
    public void ThePage_HasAllFigures_APictureOfEachColumn_AndNeedsNothingElse()
    {
        using TemporaryFolder folder = new();
        string model = Path.Combine(Repository.Root, "tests", "Support", "Models", "penguins.onnx");
        (int code, _, string messages) = CommandRun.Of(
            "diffusion", folder.Root, "evaluate", model, "--data", Penguins, "--target", "sex", "--report", "r.html");
        Assert.AreEqual(0, code, messages);
        string page = File.ReadAllText(folder["r.html"]);
        string[] parts = ["Rows of the model penguins", "<td>score<td>0.9", "<td>target, AUC", "<b>bill_length_mm</b>", ">Gentoo<"];
        foreach (string part in parts)
        {
            StringAssert.Contains(page, part);
        }

        Assert.AreEqual(7 + 1, page.Split("<svg").Length - 1, "A picture of each column, and one of all pairs.");
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("src=", page);
        foreach (string part in page.Split("<svg")[1..])
        {
            XElement.Parse($"<svg{part[..part.IndexOf("</svg>", StringComparison.Ordinal)]}</svg>");
        }
    }

    /// <summary>Names and cells are text, whatever they look like.</summary>
    [TestMethod]
    public void NamesAndCells_CannotBecomePartsOfThePage()
    {
        using TemporaryFolder folder = new();
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "<script>alert(1)</script>" : "a & b")},{i}")];
        folder.Write("t.csv", $"<img onerror=x>,\"\"\"><b>\"\n{string.Join('\n', rows)}\n");
        (int code, _, string messages) = CommandRun.Of(
            "diffusion", folder.Root, "evaluate", "t.csv", "--data", "t.csv", "--header", "yes", "--report", "r.html");
        Assert.AreEqual(0, code, messages);
        string page = File.ReadAllText(folder["r.html"]);
        StringAssert.Contains(page, "&lt;img onerror=x&gt;");
        StringAssert.Contains(page, "a &amp; b");
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<img", page);
    }

    [TestMethod]
    [DataRow("A report must be an .html file; 'r.txt' has another extension.", "r.txt")]
    [DataRow("--report and --data", "t.html")]
    public void OtherFiles_AreRefused(string message, string report)
    {
        using TemporaryFolder folder = new();
        File.Copy(Penguins, folder["t.csv"]);
        File.Copy(Penguins, folder["t.html"]);
        string data = report == "t.html" ? "t.html" : "t.csv";
        CommandRun.AssertRefused(
            message, CommandRun.Of("diffusion", folder.Root, "evaluate", "t.csv", "--data", data, "--report", report));
        Assert.HasCount(2, folder.Files);
    }
}
