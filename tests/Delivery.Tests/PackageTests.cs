using System.IO.Compression;
using System.Xml.Linq;

namespace Diffusion.Delivery.Tests;

[TestClass]
public sealed class PackageTests
{
    /// <summary>Versions are pinned for the whole tree, so what Shared depends on is named by those that depend on it.</summary>
    [TestMethod]
    [DataRow("Shared", "CsvHelper,System.Numerics.Tensors")]
    [DataRow("Sampler", "CsvHelper,Diffusion.Shared,Microsoft.ML.OnnxRuntime.Managed,System.Numerics.Tensors")]
    [DataRow("Rendering", "CsvHelper,Diffusion.Shared,SkiaSharp,SkiaSharp.NativeAssets.Linux.NoDependencies,System.Numerics.Tensors")]
    [DataRow("Onnx", "CsvHelper,Diffusion.Shared,Google.Protobuf,System.Numerics.Tensors")]
    public void Packages_CarryLibraryDocumentationAndReadme_AndDependOnNothingElse(string project, string dependencies)
    {
        using ZipArchive package = ZipFile.OpenRead(Delivery.Package($"Diffusion.{project}"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        CollectionAssert.IsSubsetOf(new[] { $"lib/net10.0/Diffusion.{project}.dll", $"lib/net10.0/Diffusion.{project}.xml", "README.md" }, files);
        using Stream description = package.GetEntry($"Diffusion.{project}.nuspec")!.Open();
        string[] found = [.. XDocument.Load(description).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal)];
        Assert.AreEqual(dependencies, string.Join(',', found));
        using ZipArchive symbols = ZipFile.OpenRead(Delivery.Package($"Diffusion.{project}", "snupkg"));
        Assert.Contains($"lib/net10.0/Diffusion.{project}.pdb", symbols.Entries.Select(entry => entry.FullName));
    }

    [TestMethod]
    public void TheFont_TravelsWithItsLicence()
    {
        using ZipArchive package = ZipFile.OpenRead(Delivery.Package("Diffusion.Rendering"));
        Assert.IsNotNull(package.GetEntry("Inter-LICENSE.txt"));
        string[] resources = typeof(Rendering.Picture).Assembly.GetManifestResourceNames();
        foreach (string ending in new[] { "Inter-Regular.otf", "Inter-LICENSE.txt" })
        {
            Assert.IsTrue(resources.Any(name => name.EndsWith(ending, StringComparison.Ordinal)), ending);
        }
    }

    [TestMethod]
    public void TheTool_InstallsAndRuns()
    {
        (int code, string output, string messages) = Delivery.Run(Delivery.InstallTool("Diffusion.Tool", "diffusion"), "solvers");
        Assert.AreEqual(0, code, messages);
        Assert.Contains("ddim", output);
    }
}
