using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

/// <summary>The command as a native program, as dotnet publish makes it.</summary>
[TestClass]
public sealed class NativeProgramTests
{
    private const long LargestFolder = 55_000_000;

    private static readonly string Model = Path.Combine(Repository.Root, "models", "moons.onnx");

    private static string s_folder = "";

    [ClassInitialize]
    public static void Publish(TestContext context) => s_folder = Delivery.PublishCommand();

    [TestMethod]
    public void TheFolder_IsSmall_AndHasNothingInItThatIsNotNeeded()
    {
        FileInfo[] files = new DirectoryInfo(s_folder).GetFiles("*", SearchOption.AllDirectories);
        Assert.IsLessThanOrEqualTo(LargestFolder, files.Sum(file => file.Length));
        Assert.HasCount(4, files, string.Join(", ", files.Select(file => file.Name)));
    }

    [TestMethod]
    [DataRow("ddpm")]
    [DataRow("dpm++3m")]
    public void Points_AreThoseOfTheOrdinaryBuild_ToTheLastBit(string solver)
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["sample", Model, "--solver", solver, "--steps", "20", "-n", "600", "-o"];
        Assert.AreEqual(0, Native([.. arguments, folder["native.npy"]]).Code);
        Assert.AreEqual(0, CommandRun.Of("diffusion", folder.Root, [.. arguments, "ordinary.npy"]).Code);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["ordinary.npy"]), File.ReadAllBytes(folder["native.npy"]));
    }

    /// <summary>What reads and writes JSON, draws, or looks things up by name could have been trimmed away.</summary>
    [TestMethod]
    public void EveryCommand_Works()
    {
        using TemporaryFolder folder = new();
        string[][] commands =
        [
            ["sample", Model, "-n", "50", "-o", folder["points.csv"]],
            ["encode", folder["points.csv"], Model, "-o", folder["noise.npy"]],
            ["likelihood", Model, folder["points.csv"], "--steps", "5"],
            ["evaluate", Model, "-n", "50", "--seeds", "1", "--json"],
            ["inspect", Model],
            ["inspect", Model, "--json"],
            ["solvers"],
            ["gif", Model, "-n", "20", "--steps", "3", "-o", folder["reverse.gif"]],
            ["compile", Model, "--solver", "ddpm", "--steps", "5", "--trajectory", "-o", folder["compiled.onnx"]],
            ["verify", folder["compiled.onnx"], Model, "-n", "50"],
            ["sample", folder["compiled.onnx"], "-n", "50", "-o", folder["compiled.npy"]],
            ["compile", Model, "--layout", "triton", "-o", folder["repository"]],
            ["figure", "convergence", Model, "-o", folder["convergence.png"]],
            ["figure", "density", Model, "--cells", "16", "-o", folder["density.png"]],
            ["figure", "forward", "moons", "-o", folder["forward.png"]],
            ["figure", "reverse", Model, "-n", "20", "-o", folder["reverse.png"]],
        ];
        foreach (string[] command in commands)
        {
            (int code, _, string messages) = Native(command);
            Assert.AreEqual(0, code, $"{string.Join(' ', command)}: {messages}");
        }
    }

    /// <summary>Parquet files have cells of many types, whose code is made beforehand or not at all.</summary>
    [TestMethod]
    public void ParquetFiles_AreReadAndWritten()
    {
        using TemporaryFolder folder = new();
        string support = Path.Combine(Repository.Root, "tests", "Support");
        string arrow = Path.Combine(support, "Tables", "arrow-snappy.parquet");
        string[] sample = ["sample", Path.Combine(support, "Models", "penguins.onnx"), "-n", "100", "-o"];
        string[][] commands =
        [
            ["evaluate", arrow, "--data", Path.Combine(support, "Tables", "arrow-zstd.parquet")],
            [.. sample, folder["rows.parquet"]],
            [.. sample, folder["rows.csv"]],
            ["evaluate", folder["rows.parquet"], "--data", folder["rows.csv"], "--require", "score=1"],
        ];
        foreach (string[] command in commands)
        {
            (int code, _, string messages) = Native(command);
            Assert.AreEqual(0, code, $"{string.Join(' ', command)}: {messages}");
        }

        string damaged = folder["damaged.parquet"];
        File.WriteAllBytes(damaged, File.ReadAllBytes(arrow)[..^20]);
        CommandRun.AssertRefused("is no Parquet file, is damaged", Native("evaluate", damaged, "--data", arrow));
    }

    [TestMethod]
    public void WrongInput_GetsOneLine()
        => CommandRun.AssertRefused("nowhere.onnx", Native("sample", "nowhere.onnx"));

    private static (int Code, string Output, string Messages) Native(params string[] arguments)
        => Delivery.Run(Path.Combine(s_folder, "diffusion"), arguments);
}
