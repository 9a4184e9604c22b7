using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

[TestClass]
public sealed class PackageTests
{
    /// <summary>Versions are pinned for the whole tree, so what Shared depends on is named by those that depend on it.</summary>
    [TestMethod]
    [DataRow("Shared", "System.Numerics.Tensors")]
    [DataRow("Data", "CsvHelper,Diffusion.Shared,Parquet.Net,System.Numerics.Tensors")]
    [DataRow("Sampler", "Diffusion.Shared,Microsoft.ML.OnnxRuntime.Managed,System.Numerics.Tensors")]
    [DataRow("Rendering", "Diffusion.Shared,SkiaSharp,SkiaSharp.NativeAssets.Linux.NoDependencies,System.Numerics.Tensors")]
    [DataRow("Onnx", "Diffusion.Shared,Google.Protobuf,System.Numerics.Tensors")]
    [DataRow(
        "TorchExport",
        "Diffusion.Onnx,Google.Protobuf,Microsoft.ML.OnnxRuntime.Managed,SharpZipLib,SkiaSharp,System.Numerics.Tensors,TorchSharp")]
    [DataRow(
        "Hosting",
        "Diffusion.Sampler,Diffusion.Shared,Microsoft.Extensions.DependencyInjection.Abstractions,"
            + "Microsoft.Extensions.Logging.Abstractions,Microsoft.ML.OnnxRuntime.Managed,System.Numerics.Tensors")]
    [DataRow(
        "Evaluation",
        "CsvHelper,Diffusion.Data,Diffusion.Sampler,Diffusion.Shared,Microsoft.ML.OnnxRuntime.Managed,Parquet.Net,System.Numerics.Tensors")]
    public void Packages_CarryLibraryDocumentationAndReadme_AndDependOnNothingElse(string project, string dependencies)
    {
        using ZipArchive package = ZipFile.OpenRead(Delivery.Package($"Diffusion.{project}"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        CollectionAssert.IsSubsetOf(
            new[] { $"lib/net10.0/Diffusion.{project}.dll", $"lib/net10.0/Diffusion.{project}.xml", "README.md" }, files);
        using Stream description = package.GetEntry($"Diffusion.{project}.nuspec")!.Open();
        string[] found = [.. XDocument.Load(description).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value)
            .Order(StringComparer.Ordinal)];
        Assert.AreEqual(dependencies, string.Join(',', found));
        using ZipArchive symbols = ZipFile.OpenRead(Delivery.Package($"Diffusion.{project}", "snupkg"));
        Assert.Contains($"lib/net10.0/Diffusion.{project}.pdb", symbols.Entries.Select(entry => entry.FullName));
    }

    /// <summary>The font, which some of them contain, has a licence of its own.</summary>
    [TestMethod]
    [DataRow("Diffusion.Shared", "MIT")]
    [DataRow("Diffusion.Data", "MIT")]
    [DataRow("Diffusion.Evaluation", "MIT")]
    [DataRow("Diffusion.Hosting", "MIT")]
    [DataRow("Diffusion.Sampler", "MIT")]
    [DataRow("Diffusion.Onnx", "MIT")]
    [DataRow("Diffusion.TorchExport", "MIT")]
    [DataRow("Diffusion.Rendering", "MIT AND OFL-1.1")]
    [DataRow("Diffusion.Tool", "MIT AND OFL-1.1")]
    public void Packages_NameTheirLicenceAndReadme(string name, string licence)
    {
        using ZipArchive package = ZipFile.OpenRead(Delivery.Package(name));
        using Stream stream = package.GetEntry($"{name}.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        XElement Field(string field) => metadata.Elements().Single(element => element.Name.LocalName == field);
        Assert.AreEqual(licence, Field("license").Value);
        Assert.AreEqual("expression", Field("license").Attribute("type")!.Value);
        Assert.AreEqual("The Diffusion authors", Field("authors").Value);
        Assert.IsNotNull(package.GetEntry(Field("readme").Value));
        using StreamReader text = new(package.GetEntry("LICENSE")!.Open());
        Assert.AreEqual(File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")), text.ReadToEnd());
        Assert.AreEqual(name.EndsWith("Tool", StringComparison.Ordinal), package.GetEntry("THIRD-PARTY-NOTICES.md") is not null);
    }

    /// <summary>Whatever can be packed, the trainer too, which is too large to be packed here.</summary>
    [TestMethod]
    public void EveryProjectThatCanBePacked_HasALicenceAndAReadme()
    {
        string[] projects = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Select(folder => Directory.GetFiles(folder, "*.csproj").Single())];
        List<string> packed = [];
        foreach (string project in projects)
        {
            using JsonDocument values = JsonDocument.Parse(
                Delivery.Dotnet("msbuild", project, "-getProperty:IsPackable,PackageId,PackageLicenseExpression,PackageReadmeFile"));
            JsonElement properties = values.RootElement.GetProperty("Properties");
            if (properties.GetProperty("IsPackable").GetString() == "true")
            {
                packed.Add(properties.GetProperty("PackageId").GetString()!);
                StringAssert.StartsWith(properties.GetProperty("PackageLicenseExpression").GetString(), "MIT", project);
                Assert.AreEqual("README.md", properties.GetProperty("PackageReadmeFile").GetString(), project);
            }
        }

        string[] expected =
        [
            "Diffusion.Shared", "Diffusion.Data", "Diffusion.Sampler", "Diffusion.Onnx", "Diffusion.Evaluation", "Diffusion.Hosting",
            "Diffusion.Rendering", "Diffusion.TorchExport", "Diffusion.Trainer", "Diffusion.Tool", "Diffusion.Trainer.Tool",
        ];
        CollectionAssert.AreEquivalent(expected, packed);
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
