using System.Text.Json;
using Diffusion.Onnx;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Architecture;

/// <summary>Dependencies point one way: what a project reaches, directly or through others, as its restore has written it down.</summary>
[TestClass]
public sealed class DirectionTests
{
    private const string Torch = "TorchSharp";
    private const string Skia = "SkiaSharp";
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";
    private const string Protobuf = "Google.Protobuf";
    private const string Terminal = "Spectre.Console";
    private const string CommandLineParser = "System.CommandLine";

    [TestMethod]
    [DataRow("Shared", "")]
    [DataRow("Sampler", "Diffusion.Shared")]
    [DataRow("Rendering", "Diffusion.Shared")]
    [DataRow("Onnx", "Diffusion.Shared")]
    [DataRow("CommandLine", "Diffusion.Shared")]
    [DataRow("Sampler.Cli", "Diffusion.CommandLine,Diffusion.Onnx,Diffusion.Rendering,Diffusion.Sampler,Diffusion.Shared")]
    [DataRow("Trainer", "Diffusion.CommandLine,Diffusion.Onnx,Diffusion.Rendering,Diffusion.Sampler,Diffusion.Shared")]
    public void Projects_ReachTheseProjects_AndNoOther(string project, string reached)
        => Assert.AreEqual(reached, string.Join(',', Reach(project).Where(name => name.StartsWith("Diffusion.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));

    [TestMethod]
    [DataRow("Shared", Torch, Skia, OnnxRuntime, Protobuf, Terminal, CommandLineParser)]
    [DataRow("Sampler", Torch, Skia, Protobuf, Terminal, CommandLineParser)]
    [DataRow("Rendering", Torch, OnnxRuntime, Protobuf, Terminal, CommandLineParser)]
    [DataRow("Onnx", Torch, OnnxRuntime, Skia, Terminal, CommandLineParser)]
    [DataRow("CommandLine", Torch, OnnxRuntime, Skia, Protobuf)]
    [DataRow("Sampler.Cli", Torch)]
    public void Projects_ReachNoneOfThesePackages(string project, params string[] forbidden)
    {
        foreach (string package in forbidden)
        {
            Assert.IsFalse(
                Reach(project).Any(name => name.StartsWith(package, StringComparison.OrdinalIgnoreCase) || (package == Torch && name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase))),
                $"{project} reaches {package}");
        }
    }

    /// <summary>Guards the tests above: they would pass on an empty list.</summary>
    [TestMethod]
    [DataRow("Sampler", OnnxRuntime)]
    [DataRow("Rendering", Skia)]
    [DataRow("Onnx", Protobuf)]
    [DataRow("CommandLine", Terminal)]
    [DataRow("CommandLine", CommandLineParser)]
    [DataRow("Trainer", Torch)]
    public void Projects_ReachWhatTheyExistFor(string project, string package)
        => Assert.IsTrue(Reach(project).Any(name => name.StartsWith(package, StringComparison.Ordinal)));

    [TestMethod]
    public void Libraries_DoNotWriteToTheConsole()
    {
        foreach (Type type in new[] { typeof(PointSet), typeof(DiffusionSampler), typeof(Theme), typeof(GraphBuilder) })
        {
            Assert.DoesNotContain("System.Console", type.Assembly.GetReferencedAssemblies().Select(name => name.Name));
        }
    }

    [TestMethod]
    public void TheCommand_IsDeliveredWithoutTorch()
    {
        Assert.IsTrue(File.Exists(Path.Combine(AppContext.BaseDirectory, "diffusion.dll")));
        Assert.IsEmpty(Directory.GetFiles(AppContext.BaseDirectory, "*torch*", SearchOption.AllDirectories));
    }

    /// <summary>A clock that jumps can harm nobody who does not look at it; how long things take is measured otherwise.</summary>
    [TestMethod]
    public void NothingDependsOnTheTimeOfDay()
    {
        string[] sources = [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))];
        Assert.IsGreaterThan(100, sources.Length);
        foreach (string source in sources)
        {
            Assert.DoesNotMatchRegex(@"\bDateTime(Offset)?\b|\bTimeProvider\b", File.ReadAllText(source), source);
        }
    }

    /// <summary>The names of all packages and projects that a project is built with.</summary>
    private static IReadOnlyList<string> Reach(string project)
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", project, "obj", "project.assets.json")));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }

}
