using System.Text.Json;
using Diffusion.Codecs;
using Diffusion.Codecs.Queries;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Tables;
using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

/// <content>Compiled tables.</content>
public sealed partial class AnywhereTests
{
    private const int Rows = 100;

    [TestMethod]
    public void Node_GivesTheRowsOfTheSampler_AndThoseAskedFor()
    {
        Require("npm", "--version");
        using TemporaryFolder folder = new();
        CopyTo(folder, "node", "table.mjs", "package.json", "package-lock.json", ".npmrc");
        RunWell(folder.Root, "npm", "ci", "--no-audit", "--no-fund");
        RunWell(folder.Root, "dotnet", Program, "compile", Penguins, "--given", "all", "-o", "p.onnx");
        PointFile.Write(folder["noise.csv"], NoiseOfPenguins());
        AssertEqual(Draw(new TableQuery(TableOfPenguins(), [])), RunWell(folder.Root, "node", "table.mjs", "p.onnx", "noise.csv"));
        AssertEqual(
            Draw(new TableQuery(TableOfPenguins(), [new CellRange("sex", "FEMALE"), new CellRange("bill_length_mm", "50.5")])),
            RunWell(folder.Root, "node", "table.mjs", "p.onnx", "noise.csv", "sex=FEMALE", "bill_length_mm=50.5"));
        Assert.HasCount(10, RunWell(folder.Root, "node", "table.mjs", "p.onnx").Trim().Split('\n'));
    }

    [TestMethod]
    public void Python_GivesTheRowsOfTheSampler_WithAStandInForOnnxRuntime()
    {
        string python = RequirePython();
        using TemporaryFolder folder = new();
        CopyTo(folder, "python", "table.py");
        RunWell(folder.Root, "dotnet", Program, "compile", Penguins, "-o", "p.onnx");
        PointFile.Write(folder["noise.npy"], NoiseOfPenguins());
        AssertEqual(Draw(new TableQuery(TableOfPenguins(), [])), RunWell(folder.Root, python, "table.py", "p.onnx", "noise.npy"));
        Assert.HasCount(10, RunWell(folder.Root, python, "table.py", "p.onnx").Trim().Split('\n'));
    }

    private static PointSet NoiseOfPenguins()
    {
        float[] noise = new float[Rows * TableOfPenguins().Dimension];
        new PhiloxNormal(9, RandomDomain.Sampling).Fill(0, 0, noise);
        return new PointSet(noise, TableOfPenguins().Dimension);
    }

    private static TableSpec TableOfPenguins()
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(Penguins);
        return sampler.Card.Data.Table!;
    }

    /// <summary>Draws rows with the loop over the network.</summary>
    private static Table Draw(TableQuery query)
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(Penguins);
        SampleBatch noise = new(NoiseOfPenguins().Values.ToArray(), sampler.Signature.Shape);
        return sampler.SampleTable(new SamplingJob { Count = Rows, Noise = noise, Conditions = query.Give(0, Rows) });
    }

    private static void AssertEqual(Table expected, string lines)
    {
        string[] found = lines.Trim().Split('\n');
        Assert.HasCount(expected.Count, found);
        for (int row = 0; row < expected.Count; row++)
        {
            JsonElement cells = JsonDocument.Parse(found[row]).RootElement;
            foreach (TableColumn column in expected.Columns)
            {
                JsonElement cell = cells.GetProperty(column.Name);
                object? value = column is not NumberColumn numbers ? column.IsMissing(row) ? "" : column.GetText(row)
                    : column.IsMissing(row) ? null : numbers.Values[row];
                object? foundValue = cell.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.Number => cell.GetDouble(),
                    _ => cell.GetString(),
                };
                Assert.AreEqual(value, foundValue, column.Name);
            }
        }
    }
}
