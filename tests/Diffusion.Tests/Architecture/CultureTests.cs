using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Rendering.Plotting;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Architecture;

/// <summary>What the libraries say is the same under every culture: a program that embeds them has one, other than the commands.</summary>
[TestClass]
public sealed class CultureTests
{
    /// <summary>The environment variable that names the culture of a run.</summary>
    public const string Variable = "DIFFUSION_TEST_CULTURE";

    /// <summary>What .NET says where it finds no library with the data of cultures.</summary>
    private const string NoCultures = "Couldn't find a valid ICU package";

    /// <summary>
    /// Where the messages of the libraries are tested. Those of the commands are not among them: the commands have no culture.
    /// </summary>
    private static readonly string MessageTests = string.Join('|', new[]
    {
        ".Files.", ".Tables.", ".Models.", ".Schedules.NoiseSchedule", ".Schedules.TimestepGrid", ".Onnx.", ".Samples.", "TableauTests",
        "SolverRowTests", "SamplingPlanTests", "SamplingJobTests", "OnnxDenoiserTests", "FigureTests",
        nameof(TheCultureAskedFor_IsInForce), nameof(Fractions_HaveAPoint),
    }.Select(name => $"FullyQualifiedName~{name}"));

    [TestMethod]
    [DataRow("Diffusion.Shared")]
    [DataRow("Diffusion.Data")]
    [DataRow("Diffusion.Sampler")]
    [DataRow("Diffusion.Onnx")]
    [DataRow("Diffusion.Rendering")]
    public void Libraries_FormatNothingInTheCultureOfTheThread(string assembly)
        => Assert.AreEqual("", string.Join('\n', CultureUse.Find(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"))));

    /// <summary>This assembly has some: the search finds those that are wrong, and no other.</summary>
    [TestMethod]
    [DataRow(nameof(Wrong.Plain), "formats System.Double")]
    [DataRow(nameof(Wrong.Within), "formats System.Int32")]
    [DataRow(nameof(Wrong.Chosen), "formats System.Single")]
    [DataRow(nameof(Wrong.Joined), "joins System.Double")]
    [DataRow(nameof(Wrong.TextAlone), null)]
    [DataRow(nameof(Wrong.WithProvider), null)]
    [DataRow(nameof(Wrong.Exception), null)]
    public void TheSearch_FindsWhatDependsOnTheCulture(string method, string? expected)
    {
        string[] found = [.. CultureUse.Find(typeof(CultureTests).Assembly.Location)
            .Where(place => place.Contains($"{nameof(Wrong)}::{method}(", StringComparison.Ordinal))];
        if (expected is null)
        {
            Assert.IsEmpty(found);
        }
        else
        {
            StringAssert.EndsWith(found.Single(), expected);
        }
    }

    /// <summary>Runs the tests of messages once more, in a process that has cultures.</summary>
    [TestMethod]
    [DataRow("de-DE")]
    [DataRow("ar-SA")]
    public void Messages_AreTheSameUnder(string culture)
    {
        using TemporaryFolder folder = new();
        string tests = typeof(CultureTests).Assembly.Location;
        JsonNode configuration = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(tests, ".runtimeconfig.json")))!;
        configuration["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = false;
        string written = folder.Write("runtimeconfig.json", configuration.ToJsonString());
        string[] host = ["exec", "--runtimeconfig", written, "--depsfile", Path.ChangeExtension(tests, ".deps.json")];
        (int code, string output, string messages) = Run(
            culture, [.. host, tests, "--no-ansi", "--no-progress", "--filter", MessageTests]);
        if (messages.Contains(NoCultures, StringComparison.Ordinal))
        {
            Assert.Inconclusive("There is no ICU on this machine, and so there are no cultures. Install libicu.");
        }

        Assert.AreEqual(0, code, output + messages);
    }

    /// <summary>The commands read and write numbers with a point, whatever the language of the system.</summary>
    [TestMethod]
    [DataRow("de-DE")]
    [DataRow("ar-SA")]
    public void Commands_HaveNoCulture(string culture)
    {
        string command = Path.Combine(AppContext.BaseDirectory, "diffusion.dll");
        CommandRun.AssertRefused("was -1.5", Run(culture, [command, "sample", ShippedModels.PathOf("moons"), "--clip", "-1.5"]));
    }

    private static (int Code, string Output, string Messages) Run(string culture, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = culture, ["LC_ALL"] = $"{culture.Replace('-', '_')}.UTF-8" },
        };
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, messages.Result);
    }

    /// <summary>Guards the test above: the culture is there, and formats otherwise.</summary>
    [TestMethod]
    public void TheCultureAskedFor_IsInForce()
    {
        string? name = Environment.GetEnvironmentVariable(Variable);
        Assert.AreEqual(name ?? "", CultureInfo.CurrentCulture.Name);
        Assert.AreEqual(name switch { null => "-0.5", "de-DE" => "-0,5", _ => "\u061C-0\u066B5" }, $"{-0.5}");
    }

    /// <summary>One message with a fraction or a sign from each way of writing them.</summary>
    [TestMethod]
    public void Fractions_HaveAPoint()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        StringAssert.Contains(Message<DiffusionException>(() => new ClippingOptions { Bound = -1.5 }.Validate()), "-1.5");
        StringAssert.Contains(Message<DiffusionException>(() => SamplingPlan.At(schedule, new Ddim(), [999, 1000.25])), "1000.25");
        StringAssert.Contains(Message<ArgumentOutOfRangeException>(() => schedule.At(-1.5)), "-1.5");
        StringAssert.Contains(
            Message<DiffusionException>(() => new SamplingJob { Count = 1, Guidance = double.NegativeInfinity }
                .Validate(new DenoiserSignature(SampleShape.Vector(2)))),
            "-Infinity");
        SolverRow row = SolverRow.From(SamplingPlan.At(schedule, new Ddim(), [2.5]).Tableau.Rows[0]);
        StringAssert.Contains(Message<DiffusionException>(() => (row with { AlphaBar = 0.5 }).ToRow(schedule)), "at timestep 2.5");
        Assert.AreEqual("ddim η=0.5", SamplingPlan.Create(schedule, new Ddim(0.5)).Label);
        StringAssert.Contains(Message<ArgumentOutOfRangeException>(() => Ticks.Linear(0.5, -0.5, 3)), "0.5; was -0.5");
        TableauRow wrong = new() { Level = schedule.At(2.5), NextLevel = schedule.At(1), A = double.NaN, C = [0] };
        StringAssert.Contains(Message<ArgumentException>(() => _ = new Tableau([wrong])), "2.5");
    }

    private static string Message<T>(Action action)
        where T : Exception
        => Assert.ThrowsExactly<T>(action).Message;

    private static class Wrong
    {
        public static string Plain(double value) => $"{value:0.0} of a text";

        public static string Within(int count)
            => string.Create(CultureInfo.InvariantCulture, $"{1.5} and {(count > 0 ? $"{count} more" : "")}");

        public static string Chosen(float value) => value > 0 ? $"above 0: {value}" : "at most 0";

        public static string Joined(double[] values) => string.Join<double>(", ", values);

        public static string TextAlone(string one, char other) => $"{one}, {other} and '{one}' and {DayOfWeek.Monday}";

        public static string WithProvider(double value) => string.Create(
            CultureInfo.InvariantCulture, $"{value} and {(value > 0 ? $"'{value.ToString("g3", CultureInfo.InvariantCulture)}'" : "")}");

        public static DiffusionException Exception(double value) => new($"must be above 0; was {value:g3}.");
    }
}
