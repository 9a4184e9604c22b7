using System.Globalization;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Onnx.Compiling;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

/// <summary>
/// Compiled samplers where there is no .NET: in Node, in a browser, in the hands of ONNX's own checker. A machine without
/// Node, Chromium or Debian's python3-onnx passes over these tests; .ci/run installs what is missing.
/// </summary>
[TestClass]
public sealed partial class AnywhereTests
{
    private const double Tolerance = 1e-4;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "diffusion.dll");
    private static readonly string Penguins = Path.Combine(Repository.Root, "tests", "Support", "Models", "penguins.onnx");
    private static readonly string Python = Path.Combine(Repository.Root, "tests", "Delivery.Tests", "Python");

    [TestMethod]
    public void Node_GivesThePointsOfTheSampler_ForTheSameNoise()
    {
        Require("npm", "--version");
        using TemporaryFolder folder = new();
        CopyTo(folder, "node", "sample.mjs", "package.json", "package-lock.json", ".npmrc");
        RunWell(folder.Root, "npm", "ci", "--no-audit", "--no-fund");
        (PointSet noise, float[] expected) = Compile(folder);
        PointFile.Write(folder["noise.csv"], noise);
        AssertEqual(expected, RunWell(folder.Root, "node", "sample.mjs", "moons.onnx", "noise.csv"));
        Assert.HasCount(1_000, RunWell(folder.Root, "node", "sample.mjs", "moons.onnx").Trim().Split('\n'));
    }

    [TestMethod]
    public void Python_GivesThePointsOfTheSampler_WithAStandInForOnnxRuntime()
    {
        string python = RequirePython();
        using TemporaryFolder folder = new();
        CopyTo(folder, "python", "sample.py");
        (PointSet noise, float[] expected) = Compile(folder);
        PointFile.Write(folder["noise.npy"], noise);
        AssertEqual(expected, RunWell(folder.Root, python, "sample.py", "moons.onnx", "noise.npy"));
        Assert.HasCount(1_000, RunWell(folder.Root, python, "sample.py", "moons.onnx").Trim().Split('\n'));
    }

    [TestMethod]
    public void TheCheckerOfOnnx_PassesEveryFile()
    {
        string python = RequirePython();
        using TemporaryFolder folder = new();
        List<string> files = [.. Directory.GetFiles(Path.Combine(Repository.Root, "models"), "*.onnx")];
        NetworkFile moons = NetworkFile.Read(
            File.ReadAllBytes(files.Single(file => file.EndsWith("moons.onnx", StringComparison.Ordinal))), "moons");
        NetworkFile foreign = NetworkFile.Read(
            ForeignNetwork.Bytes("n", isWhole: true), "foreign", new NetworkNames { Sample = "x", Timestep = "t" });
        ModelCard card = ModelCard.FromMetadata(moons.Metadata, "moons");
        ModelCard foreignCard = card with { Data = new DataInfo { Name = "foreign", Dimension = 3, Shift = [1, 2, 3], Scale = [4, 5, 6] } };
        Keep("adapted", NetworkAdapter.Adapt(foreign, foreignCard));
        foreach (SolverEntry solver in KnownSolvers.All)
        {
            SamplingPlan plan = SamplingPlan.Create(card.Schedule, solver.Create(new SolverSettings()), 6);
            foreach (bool trajectory in new[] { false, true })
            {
                CompileOptions options = new() { Trajectory = trajectory, Clip = trajectory ? 2 : null };
                Keep($"{solver.Name}-{trajectory}", SamplerCompiler.Compile(moons, card, plan, options));
            }
        }

        NetworkFile penguins = NetworkFile.Read(File.ReadAllBytes(Penguins), "penguins");
        ModelCard table = ModelCard.FromMetadata(penguins.Metadata, "penguins");
        SamplingPlan few = SamplingPlan.Create(table.Schedule, new Ddim(), 4);
        Keep("table", SamplerCompiler.Compile(penguins, table, few));
        Keep("given", SamplerCompiler.Compile(penguins, table, few, new CompileOptions { Given = ["sex", "bill_length_mm"] }));
        SamplingPlan whole = SamplingPlan.At(card.Schedule, new Ddim(), [999, 500, 0]);
        Keep("foreign", SamplerCompiler.Compile(foreign, foreignCard, whole, new CompileOptions { Trajectory = true }));
        string report = RunWell(folder.Root, python, [Path.Combine(Python, "check.py"), .. files]);
        Assert.HasCount(files.Count, report.Trim().Split('\n'));

        void Keep(string name, byte[] content)
        {
            files.Add(folder[$"{name}.onnx"]);
            File.WriteAllBytes(files[^1], content);
        }
    }

    [TestMethod]
    public void TheWebPage_IsBuiltFromTheModels_AndPassesItsTestsInARealBrowser()
    {
        Require("npm", "--version");
        Require(Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", "--version");
        string web = Path.Combine(Repository.Root, "web");
        RunWell(web, "npm", "ci", "--no-audit", "--no-fund");
        RunWell(web, "npm", "run", "build");
        string report = RunWell(web, "npm", "test");
        Assert.Contains("# fail 0", report);
        Assert.DoesNotContain("# pass 0", report);
    }

    /// <summary>Compiles a sampler of moons, and draws from it with the loop over its network.</summary>
    private static (PointSet Noise, float[] Points) Compile(TemporaryFolder folder)
    {
        string model = Path.Combine(Repository.Root, "models", "moons.onnx");
        RunWell(folder.Root, "dotnet", Program, "compile", model, "--solver", "ddim", "--steps", "20", "-o", folder["moons.onnx"]);
        float[] noise = new float[400];
        new PhiloxNormal(9, RandomDomain.Sampling).Fill(0, 0, noise);
        PointSet points = new(noise, 2);
        using DiffusionSampler sampler = DiffusionSampler.Load(model);
        SamplingJob job = new()
        {
            Count = 200,
            Plan = sampler.CreatePlan(new Ddim(), 20),
            Noise = new SampleBatch(noise, SampleShape.Vector(2)),
        };
        return (points, sampler.Sample(job).Values.ToArray());
    }

    private static void AssertEqual(float[] expected, string lines)
    {
        float[] found = [.. lines.Trim().Split('\n', ',').Select(word => float.Parse(word, CultureInfo.InvariantCulture))];
        double scale = Math.Sqrt(expected.Average(value => (double)value * value));
        Assert.HasCount(expected.Length, found);
        Assert.IsLessThanOrEqualTo(Tolerance * scale, expected.Zip(found, (x, y) => Math.Abs((double)x - y)).Max());
    }

    private static void CopyTo(TemporaryFolder folder, string sample, params string[] files)
    {
        foreach (string file in files)
        {
            File.Copy(Path.Combine(Repository.Root, "samples", sample, file), folder[file]);
        }
    }

    private static string RunWell(string folder, string program, params string[] arguments)
    {
        (int code, string output, string messages) = Delivery.RunIn(
            folder, program, arguments, ("DIFFUSION", Program), ("PYTHONPATH", Python), ("PYTHONDONTWRITEBYTECODE", "1"));
        Assert.AreEqual(0, code, $"{program} {string.Join(' ', arguments)}\n{output}\n{messages}");
        return output;
    }

    private static void Require(string program, params string[] arguments)
    {
        if (!Works(program, arguments))
        {
            Assert.Inconclusive($"{program} is not on this machine.");
        }
    }

    /// <summary>A Python that has the onnx package; Debian's may not be the first of the path.</summary>
    private static string RequirePython()
    {
        string? found = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Works(python, "-c", "import onnx, numpy"));
        if (found is null)
        {
            Assert.Inconclusive("No Python on this machine has the onnx package; Debian's is python3-onnx.");
        }

        return found;
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            return Delivery.Run(program, arguments).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
