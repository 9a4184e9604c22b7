using System.Reflection;
using System.Text.Json;
using Diffusion.Onnx;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Sampling;

namespace Diffusion.Tests.Architecture;

/// <summary>Dependencies point one way: what a project may not reach, directly or through others.</summary>
[TestClass]
public sealed class DirectionTests
{
    private const string Torch = "TorchSharp";
    private const string Skia = "SkiaSharp";
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";
    private const string Protobuf = "Google.Protobuf";
    private const string Terminal = "Spectre.Console";

    [TestMethod]
    public void Shared_ReachesNoRuntimeAndNoPictures() => AssertReachesNone(typeof(PointSet), Torch, Skia, OnnxRuntime, Protobuf, Terminal);

    [TestMethod]
    public void Sampler_ReachesNoTorchNoPicturesNoProtobufNoTerminal() => AssertReachesNone(typeof(DiffusionSampler), Torch, Skia, Protobuf, Terminal);

    [TestMethod]
    public void Rendering_ReachesNoRuntime() => AssertReachesNone(typeof(Theme), Torch, OnnxRuntime, Protobuf, Terminal);

    [TestMethod]
    public void Onnx_ReachesNoRuntimeAndNoPictures() => AssertReachesNone(typeof(GraphBuilder), Torch, OnnxRuntime, Skia, Terminal);

    [TestMethod]
    public void Libraries_DoNotWriteToTheConsole()
    {
        foreach (Type type in new[] { typeof(PointSet), typeof(DiffusionSampler), typeof(Theme), typeof(GraphBuilder) })
        {
            Assert.DoesNotContain("System.Console", type.Assembly.GetReferencedAssemblies().Select(name => name.Name));
        }
    }

    [TestMethod]
    public void TheCommand_ReachesNoTorch() => AssertReachesNone(typeof(Diffusion.Cli.SamplingArguments), Torch);

    [TestMethod]
    public void TheCommand_IsDeliveredWithoutTorch()
    {
        string dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diffusion.deps.json"));
        using JsonDocument document = JsonDocument.Parse(dependencies);
        Assert.IsTrue(document.RootElement.GetProperty("libraries").EnumerateObject().Any(library => library.Name.StartsWith(OnnxRuntime, StringComparison.Ordinal)));
        Assert.IsFalse(dependencies.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.IsEmpty(Directory.GetFiles(AppContext.BaseDirectory, "*torch*", SearchOption.AllDirectories));
    }

    private static void AssertReachesNone(Type type, params string[] forbidden)
    {
        HashSet<string> reached = [];
        Collect(type.Assembly, reached);
        foreach (string name in forbidden)
        {
            Assert.DoesNotContain(name, reached, $"{type.Assembly.GetName().Name} reaches {name}");
        }
    }

    private static void Collect(Assembly assembly, HashSet<string> reached)
    {
        foreach (AssemblyName name in assembly.GetReferencedAssemblies())
        {
            if (reached.Add(name.Name!) && !name.Name!.StartsWith("System.", StringComparison.Ordinal))
            {
                Collect(Assembly.Load(name), reached);
            }
        }
    }
}
