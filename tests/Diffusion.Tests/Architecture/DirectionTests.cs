using System.Reflection;
using System.Text.Json;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Architecture;

/// <summary>Dependencies point one way: what a project reaches, directly or through others, as its restore has written it down.</summary>
[TestClass]
public sealed class DirectionTests
{
    private const string Own = "Diffusion.";
    private const string Csv = "CsvHelper";
    private const string Torch = "TorchSharp";
    private const string NativeTorch = "TorchSharp-cpu";
    private const string Skia = "SkiaSharp";
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";
    private const string Protobuf = "Google.Protobuf";
    private const string Terminal = "Spectre.Console";
    private const string CommandLineParser = "System.CommandLine";

    [TestMethod]
    [DataRow("Shared", "")]
    [DataRow("Data", "Shared")]
    [DataRow("Sampler", "Shared")]
    [DataRow("Onnx", "Shared")]
    [DataRow("Rendering", "Shared")]
    [DataRow("Evaluation", "Data,Sampler,Shared")]
    [DataRow("Hosting", "Sampler,Shared")]
    [DataRow("TorchExport", "Onnx,Shared")]
    [DataRow("Trainer", "Data,Onnx,Shared,TorchExport")]
    [DataRow("CommandLine", "Data,Shared")]
    [DataRow("Sampler.Cli", "CommandLine,Data,Evaluation,Onnx,Rendering,Sampler,Shared")]
    [DataRow("Trainer.Cli", "CommandLine,Data,Onnx,Rendering,Sampler,Shared,TorchExport,Trainer")]
    public void Projects_ReachTheseProjects_AndNoOther(string project, string reached)
    {
        IEnumerable<string> found = Reach(project)
            .Where(name => name.StartsWith(Own, StringComparison.Ordinal))
            .Select(name => name[Own.Length..]);
        Assert.AreEqual(reached, string.Join(',', found.Order(StringComparer.Ordinal)));
    }

    /// <summary>Guards the test above: a project that it does not name would be free to reach anything.</summary>
    [TestMethod]
    public void EveryProject_HasItsDirectionsTested()
    {
        MethodInfo test = typeof(DirectionTests).GetMethod(nameof(Projects_ReachTheseProjects_AndNoOther))!;
        string[] tested = [.. test.GetCustomAttributes<DataRowAttribute>().Select(row => (string)row.Data[0]!)];
        string[] projects = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder))];
        CollectionAssert.AreEquivalent(projects, tested);
    }

    [TestMethod]
    [DataRow("Shared", Torch, Skia, OnnxRuntime, Protobuf, Csv, Terminal, CommandLineParser)]
    [DataRow("Data", Torch, Skia, OnnxRuntime, Protobuf, Terminal, CommandLineParser)]
    [DataRow("Sampler", Torch, Skia, Protobuf, Csv, Terminal, CommandLineParser)]
    [DataRow("Onnx", Torch, OnnxRuntime, Skia, Csv, Terminal, CommandLineParser)]
    [DataRow("Rendering", Torch, OnnxRuntime, Protobuf, Csv, Terminal, CommandLineParser)]
    [DataRow("Evaluation", Torch, Skia, Protobuf, Terminal, CommandLineParser)]
    [DataRow("Hosting", Torch, Skia, Protobuf, Csv, Terminal, CommandLineParser)]
    [DataRow("TorchExport", NativeTorch, Csv, Terminal, CommandLineParser)]
    [DataRow("Trainer", Terminal, CommandLineParser)]
    [DataRow("CommandLine", Torch, OnnxRuntime, Skia, Protobuf)]
    [DataRow("Sampler.Cli", Torch)]
    public void Projects_ReachNoneOfThesePackages(string project, params string[] forbidden)
    {
        foreach (string package in forbidden)
        {
            Assert.IsFalse(Reach(project).Any(name => IsOf(name, package)), $"{project} reaches {package}");
        }

        static bool IsOf(string name, string package)
            => name.StartsWith(package, StringComparison.OrdinalIgnoreCase)
                || (package == Torch && name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Guards the tests above: they would pass on an empty list.</summary>
    [TestMethod]
    [DataRow("Data", Csv)]
    [DataRow("Sampler", OnnxRuntime)]
    [DataRow("Rendering", Skia)]
    [DataRow("Onnx", Protobuf)]
    [DataRow("CommandLine", Terminal)]
    [DataRow("CommandLine", CommandLineParser)]
    [DataRow("TorchExport", Torch)]
    [DataRow("TorchExport", OnnxRuntime)]
    [DataRow("Trainer", Torch)]
    public void Projects_ReachWhatTheyExistFor(string project, string package)
        => Assert.IsTrue(Reach(project).Any(name => name.StartsWith(package, StringComparison.Ordinal)));

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
        string[] sources = [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))];
        Assert.IsGreaterThan(100, sources.Length);
        foreach (string source in sources)
        {
            Assert.DoesNotMatchRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bTimeProvider\b", File.ReadAllText(source), source);
        }
    }

    /// <summary>The names of all packages and projects that a project is built with.</summary>
    private static IReadOnlyList<string> Reach(string project)
    {
        using JsonDocument assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "src", project, "obj", "project.assets.json")));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }

}
