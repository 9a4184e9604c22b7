using Diffusion.Data.Tables;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Guidance to the given cells of a table.</summary>
[TestClass]
public sealed class GuidanceOptionTests
{
    private const string Rows = "species,island,bill_length_mm,sex\nGentoo,,,\n,Dream,39,FEMALE\n";

    private static readonly string Model = Path.Combine(Repository.Root, "tests", "Support", "Models", "penguins.onnx");

    /// <summary>A weight of 1 is what the network has learned, 0 as if nothing were given; the given cells stay what they are.</summary>
    [TestMethod]
    public void ItMakesRowsMoreTypicalOfTheGivenCells()
    {
        using TemporaryFolder folder = new();
        folder.Write("rows.csv", Rows);
        string[] where = ["-n", "600", "--where", "species=Gentoo", "--guidance"];
        Table plain = Sample(folder, ["-n", "600", "--where", "species=Gentoo"]);
        Assert.AreEqual(Cells.Of(plain), Cells.Of(Sample(folder, [.. where, "1"])));
        int[] onBiscoe = Array.ConvertAll(new[] { "0", "1", "3" }, weight =>
        {
            Table rows = Sample(folder, [.. where, weight]);
            Assert.IsTrue(Texts(rows, "species").All(text => text == "Gentoo"));
            return Texts(rows, "island").Count(text => text == "Biscoe");
        });
        Assert.IsLessThan(onBiscoe[1] - 60, onBiscoe[0]);
        Assert.IsGreaterThanOrEqualTo(onBiscoe[1], onBiscoe[2]);
        string[] fill = ["fill", Model, "rows.csv", "--guidance"];
        Assert.AreEqual(0, Diffuse(folder, [.. fill, "1", "-o", "g1.csv"]).Code);
        Assert.AreEqual(0, Diffuse(folder, [.. fill, "3", "-o", "g3.csv"]).Code);
        Assert.AreNotEqual(File.ReadAllText(folder["g1.csv"]), File.ReadAllText(folder["g3.csv"]));
    }

    [TestMethod]
    public void OutOfRange_OrToNothing_IsRefused()
    {
        using TemporaryFolder folder = new();
        folder.Write("rows.csv", Rows);
        CommandRun.AssertRefused(
            "--guidance must be between 0 and 20; was -1.", Diffuse(folder, "sample", Model, "--where", "sex=MALE", "--guidance", "-1"));
        CommandRun.AssertRefused(
            "--guidance must be between 0 and 20; was NaN.",
            Diffuse(folder, "fill", Model, "rows.csv", "--guidance", "NaN", "-o", "x.csv"));
        CommandRun.AssertRefused(
            "--guidance guides to the cells of --where or --balance; none is given. Leave it out.",
            Diffuse(folder, "sample", Model, "--guidance", "2"));
        Assert.IsFalse(File.Exists(folder["x.csv"]));
    }

    private static Table Sample(TemporaryFolder folder, string[] options)
    {
        (int code, _, string messages) = Diffuse(folder, ["sample", Model, "-o", "s.csv", .. options]);
        Assert.AreEqual(0, code, messages);
        return TableFile.Read(folder["s.csv"]).Table;
    }

    private static IEnumerable<string> Texts(Table rows, string column) => Enumerable.Range(0, rows.Count).Select(rows[column].GetText);

    private static (int Code, string Output, string Messages) Diffuse(TemporaryFolder folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder.Root, arguments);
}
