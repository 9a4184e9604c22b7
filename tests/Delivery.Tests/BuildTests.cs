using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

/// <summary>What a build is made of decides what comes out, and nothing else does.</summary>
[TestClass]
public sealed class BuildTests
{
    private static readonly string Model = Path.Combine(Repository.Root, "models", "moons.onnx");

    [TestMethod]
    public void TwoBuilds_InDifferentFolders_GiveTheSameBytes()
    {
        using TemporaryFolder one = new();
        using TemporaryFolder other = new();
        foreach (TemporaryFolder folder in new[] { one, other })
        {
            CopySources(folder);
            Delivery.Dotnet("build", folder["src/Sampler"], "-c", "Release", Delivery.WithoutAnalyzers);
        }

        foreach (string name in new[] { "Diffusion.Shared", "Diffusion.Sampler" })
        {
            CollectionAssert.AreEqual(Assembly(one, name), Assembly(other, name), name);
        }

        static byte[] Assembly(TemporaryFolder folder, string name)
            => File.ReadAllBytes(folder[$"src/Sampler/bin/Release/net10.0/{name}.dll"]);
    }

    [TestMethod]
    public void ADebugBuild_GivesTheSamePoints_ToTheLastBit()
    {
        using TemporaryFolder folder = new();
        Delivery.Dotnet(
            "build", Path.Combine(Repository.Root, "src", "Sampler.Cli"), "-c", "Debug",
            "--artifacts-path", folder["build"], Delivery.WithoutAnalyzers);
        string program = folder.Files.First(
            file => file.EndsWith("/bin/Diffusion.Sampler.Cli/debug/diffusion.dll", StringComparison.Ordinal));
        foreach (string solver in new[] { "ddpm", "dpm++3m" })
        {
            string[] arguments = ["sample", Model, "--solver", solver, "--steps", "20", "-n", "600", "-o"];
            Assert.AreEqual(0, Delivery.Run("dotnet", [program, .. arguments, folder["debug.npy"]]).Code);
            Assert.AreEqual(0, CommandRun.Of("diffusion", folder.Root, [.. arguments, "release.npy"]).Code);
            CollectionAssert.AreEqual(File.ReadAllBytes(folder["release.npy"]), File.ReadAllBytes(folder["debug.npy"]), solver);
        }
    }

    /// <summary>The files that a build needs, without what earlier builds have left.</summary>
    private static void CopySources(TemporaryFolder folder)
    {
        string[] projects = ["src/Shared", "src/Sampler"];
        IEnumerable<string> files = Directory.GetFiles(Repository.Root).Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src")))
            .Concat(projects.SelectMany(
                project => Directory.GetFiles(Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories)))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));
        foreach (string file in files)
        {
            string copy = folder[Path.GetRelativePath(Repository.Root, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
