using System.Text.Json;
using Diffusion.Data.BuiltIn;
using Diffusion.Data.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

[TestClass]
public sealed class EvaluateCommandTests
{
    private static readonly string Mixture = ShippedModels.PathOf("2gmm");

    [TestMethod]
    public void Report_HasEveryMeasure_ForSamplesAndForTruePoints()
    {
        using JsonDocument report = Evaluate(Mixture, "-n", "2000", "--seeds", "3");
        JsonElement[] measures = [.. report.RootElement.GetProperty("measures").EnumerateArray()];
        CollectionAssert.AreEqual(
            new[] { "1-NN accuracy", "sliced 2-Wasserstein", "energy distance", "weight of mode 1", "weight of mode 2" },
            measures.Select(measure => measure.GetProperty("name").GetString()).ToArray());
        foreach (JsonElement measure in measures)
        {
            foreach (string kind in new[] { "samples", "true_points" })
            {
                double[] values = [.. measure.GetProperty(kind).GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
                Assert.HasCount(3, values);
                Assert.AreEqual(values.Average(), measure.GetProperty(kind).GetProperty("mean").GetDouble(), 1e-12);
                Assert.AreEqual(
                    Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / 2),
                    measure.GetProperty(kind).GetProperty("spread").GetDouble(), 1e-12);
            }
        }

        Assert.AreEqual(1.0 / 3, measures[3].GetProperty("exact").GetDouble(), 1e-12);
        Assert.AreEqual(1.0 / 3, measures[3].GetProperty("samples").GetProperty("mean").GetDouble(), 0.05);
        Assert.AreEqual(10, report.RootElement.GetProperty("excess_error").GetProperty("levels").GetArrayLength());
        Assert.AreEqual(2000, report.RootElement.GetProperty("points").GetInt32());
    }

    [TestMethod]
    public void AModelOfACurve_IsMeasuredByItsDistanceToIt()
    {
        using JsonDocument report = Evaluate(ShippedModels.PathOf("circles"), "-n", "1000", "--seeds", "1");
        JsonElement distance = report.RootElement.GetProperty("measures").EnumerateArray().Single(
            measure => measure.GetProperty("name").GetString() == "distance to the curve");
        Assert.AreEqual(0.05 * Math.Sqrt(2 / Math.PI), distance.GetProperty("samples").GetProperty("mean").GetDouble(), 0.006);
        Assert.IsFalse(report.RootElement.TryGetProperty("excess_error", out _));
    }

    [TestMethod]
    public void AFile_IsSplitIntoTwoIndependentParts_AndItsColumnsAreChosen()
    {
        using TemporaryFolder folder = new();
        string path = folder["rows.npy"];
        PointFile.Write(path, KnownDataSets.Find("2gmm").Draw(3_001, seed: 77));
        using JsonDocument report = Evaluate(Mixture, "--data", path, "--columns", "1,2", "--seeds", "2");
        Assert.AreEqual(1500, report.RootElement.GetProperty("points").GetInt32());
        JsonElement[] measures = [.. report.RootElement.GetProperty("measures").EnumerateArray()];
        Assert.AreEqual("nearest row, 10 % quantile", measures[^1].GetProperty("name").GetString());
        Assert.AreEqual(0.5, measures[0].GetProperty("samples").GetProperty("mean").GetDouble(), 0.05);
        Assert.AreEqual(0.5, measures[0].GetProperty("true_points").GetProperty("mean").GetDouble(), 0.05);

        using JsonDocument swapped = Evaluate(Mixture, "--data", path, "--columns", "2,1", "--seeds", "1");
        Assert.IsGreaterThan(0.6, swapped.RootElement.GetProperty("measures")[0].GetProperty("samples").GetProperty("mean").GetDouble());
    }

    [TestMethod]
    [DataRow("1", "1 seed")]
    [DataRow("2", "2 seeds")]
    public void TheTable_FitsIntoATerminal(string seeds, string counted)
    {
        (int code, string text, string messages) = CommandRun.Of(
            "diffusion", AppContext.BaseDirectory, "evaluate", Mixture, "-n", "500", "--seeds", seeds);
        Assert.AreEqual(0, code, messages);
        StringAssert.Contains(text, "1-NN accuracy");
        StringAssert.Contains(
            messages, $"500 points, dpm++3m, 20 steps, 20 network evaluations, {counted}, compared with as many fresh points of 2gmm");
        Assert.IsLessThanOrEqualTo(80, text.Split('\n').Max(line => line.Length));
    }

    [TestMethod]
    [DataRow("The number of seeds must be at least 1; was 0.", "--seeds", "0")]
    [DataRow("An evaluation draws its own noise for every seed. Leave --noise out.", "--noise", "TWO", "-n", "2")]
    [DataRow("At least 2 points are required; requested 1.", "-n", "1")]
    [DataRow("There is no data set 'mons'. Choose one of: moons, circles, 2gmm, radial_gmm.", "--data", "mons")]
    [DataRow("The file 'rows.csv' does not exist.", "--data", "rows.csv")]
    [DataRow("has 3 columns; the model was trained on 2. Choose them with --columns.", "--data", "THREE")]
    [DataRow("has 1 row; at least 2 rows are required.", "--data", "THREE", "--columns", "1,2")]
    [DataRow("has no column 'age'. The columns are: a, b, c.", "--data", "THREE", "--columns", "age")]
    [DataRow("--columns applies to files. Specify a file with --data.", "--columns", "1,2")]
    [DataRow(
        "--columns must be distinct names or numbers separated by commas, such as age,height; found '1,1'.",
        "--data", "THREE", "--columns", "1,1")]
    public void BadInput_IsAnsweredByOneLine(string message, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        string three = folder.Write("three.csv", "a,b,c\n1,2,3\n");
        string two = folder.Write("two.csv", "1,2\n3,4\n");
        string[] actual = Array.ConvertAll(
            arguments,
            argument => argument.Replace("THREE", three, StringComparison.Ordinal).Replace("TWO", two, StringComparison.Ordinal));
        CommandRun.AssertRefused(message, CommandRun.Of("diffusion", folder.Root, ["evaluate", Mixture, .. actual]));
    }

    private static JsonDocument Evaluate(params string[] arguments)
    {
        (int code, string output, string messages) = CommandRun.Of(
            "diffusion", AppContext.BaseDirectory, ["evaluate", .. arguments, "--json"]);
        Assert.AreEqual(0, code, messages);
        return JsonDocument.Parse(output);
    }
}
