using System.Text.Json.Nodes;
using Diffusion.Cards;
using Diffusion.Onnx.Protobuf;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Google.Protobuf;

namespace Diffusion.Tests.Models;

/// <summary>The rows of a compiled file carry ᾱ beside each timestep; it is that of the schedule in the same file.</summary>
[TestClass]
public sealed class SolverRowTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly SamplingPlan Plan = SamplingPlan.At(
        Schedule, KnownSolvers.Find("rk4").Create(new SolverSettings()), [999, 500.5, 20]);

    [TestMethod]
    public void Rows_ReadBackAsTheyWere()
    {
        foreach (TableauRow row in Plan.Tableau.Rows)
        {
            TableauRow read = SolverRow.From(row).ToRow(Schedule);
            Assert.AreEqual(row, read);
            Assert.AreEqual((row.Level, row.NextLevel), (read.Level, read.NextLevel));
        }
    }

    /// <summary>Files of version 1 have none; the last places may differ between processors, and are then those of the schedule.</summary>
    [TestMethod]
    public void ARowWithoutAlphaBar_OrOffInItsLastPlaces_IsRead()
    {
        SolverRow row = SolverRow.From(Plan.Tableau.Rows[1]);
        SolverRow without = row with { AlphaBar = null, NextAlphaBar = null };
        SolverRow off = row with { AlphaBar = row.AlphaBar * (1 + 1e-12) };
        foreach (SolverRow other in new[] { without, off })
        {
            Assert.AreEqual(Plan.Tableau.Rows[1].Level, other.ToRow(Schedule).Level);
            Assert.AreEqual(Plan.Tableau.Rows[1].NextLevel, other.ToRow(Schedule).NextLevel);
        }
    }

    [TestMethod]
    public void AnAlphaBarThatIsNotTheSchedules_IsRefused()
    {
        SolverRow row = SolverRow.From(Plan.Tableau.Rows[^1]);
        StringAssert.StartsWith(Message(row with { AlphaBar = row.AlphaBar * (1 + 1e-6) }, Schedule), "ᾱ at timestep 20 must be 0.99");
        StringAssert.EndsWith(
            Message(row with { NextAlphaBar = 0.5 }, Schedule), "ᾱ at timestep -1 must be 1, as the noise schedule says; was 0.5.");
        StringAssert.Contains(Message(row with { AlphaBar = double.NaN }, Schedule), "was NaN.");
        StringAssert.Contains(Message(row, NoiseSchedule.Cosine()), "as the noise schedule says");
        foreach (double wrong in new[] { -1.5, 1000, double.NaN })
        {
            StringAssert.Contains(
                Message(row with { Timestep = wrong, AlphaBar = null }, Schedule), "The timestep of a row must be between -1 and 999; was");
        }
    }

    [TestMethod]
    public void ACompiledFileOfVersionOne_IsRead_AndOneOfAnotherScheduleIsNot()
    {
        byte[] file = CompiledNetwork.Bytes("moons", Plan);
        using CompiledSampler compiled = CompiledSampler.Load(file);
        using CompiledSampler old = CompiledSampler.Load(Changed(row =>
        {
            Assert.IsTrue(row.Remove("alpha_bar") && row.Remove("next_alpha_bar"));
        }));
        Assert.AreEqual(compiled.Plan, old.Plan);
        CollectionAssert.AreEqual(compiled.Sample(20).Values.ToArray(), old.Sample(20).Values.ToArray());
        foreach (string wrong in new[] { "0.25", "-1", "1e999" })
        {
            byte[] changed = Changed(row => row["alpha_bar"] = JsonNode.Parse(wrong));
            StringAssert.Contains(
                Assert.ThrowsExactly<DiffusionException>(() => CompiledSampler.Load(changed)).Message,
                "diffusion.solver: ᾱ at timestep 999 must be ");
        }

        byte[] Changed(Action<JsonObject> change)
        {
            ModelProto model = ModelProto.Parser.ParseFrom(file);
            StringStringEntryProto entry = model.MetadataProps.Single(property => property.Key == SolverInfo.Key);
            JsonNode solver = JsonNode.Parse(entry.Value)!;
            foreach (JsonNode? row in solver["rows"]!.AsArray())
            {
                change(row!.AsObject());
            }

            entry.Value = solver.ToJsonString();
            return model.ToByteArray();
        }
    }

    private static string Message(SolverRow row, NoiseSchedule schedule)
        => Assert.ThrowsExactly<DiffusionException>(() => row.ToRow(schedule)).Message;
}
