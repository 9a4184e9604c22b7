using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>diffusion evaluate --require, in a process of its own: exit code 3 where a figure is not as required.</summary>
[TestClass]
public sealed class RequirementTests
{
    private static readonly string Penguins = Path.Combine(Repository.Root, "samples", "table", "penguins.csv");

    [TestMethod]
    [DataRow("score=0.9,valid=1,shapes=0.9", 0, "")]
    [DataRow("copies=0", 3, "error: The rows are not as required: copies of training rows must be at most 0; was 1.")]
    [DataRow("auc=0.1,score=1.5", 3, "two-sample test, AUC must be at most 0.1; was 0.")]
    [DataRow("auc=0.1,score=1.5", 3, "; score must be at least 1.5; was 1.")]
    [DataRow("beauty=1", 2, "no figure 'beauty' to require; choose from: shapes, trends, score, valid, auc, copies, distance, near.")]
    [DataRow("target=0.5", 2, "There is no figure 'target' to require")]
    [DataRow("score", 2, "A requirement must be FIGURE=NUMBER, such as score=0.95; was 'score'.")]
    [DataRow("score=high", 2, "was 'score=high'.")]
    [DataRow("score=1,score=0", 2, "The requirement score is given twice.")]
    public void CopiesOfTheRows_AreAsGoodAsCanBe_ButCopies(string required, int code, string message)
    {
        using TemporaryFolder folder = new();
        File.Copy(Penguins, folder["copies.csv"]);
        (int found, string output, string messages) = CommandRun.Of(
            "diffusion", folder.Root, "evaluate", "copies.csv", "--data", Penguins, "--require", required);
        Assert.AreEqual(code, found, messages);
        StringAssert.Contains(messages, message);
        Assert.AreEqual(code != 2, output.Contains("column shapes", StringComparison.Ordinal), "The report comes all the same.");
    }

    [TestMethod]
    public void Points_HaveNoRequirements()
    {
        using TemporaryFolder folder = new();
        CommandRun.AssertRefused(
            "--require applies to tables",
            CommandRun.Of("diffusion", folder.Root, "evaluate", ShippedModels.PathOf("moons"), "--require", "score=0.5"));
    }
}
