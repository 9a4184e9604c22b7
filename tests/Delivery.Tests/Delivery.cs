using System.Diagnostics;
using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

/// <summary>
/// The packages of this repository, made once for all tests, and what is built from them; all of it in a folder that is gone afterwards.
/// </summary>
[TestClass]
public static class Delivery
{
    private static readonly TemporaryFolder Folder = new();

    /// <summary>They have seen the same sources in the ordinary build, and take much of the time.</summary>
    public const string WithoutAnalyzers = "-p:RunAnalyzers=false";

    /// <summary>A version that no other build has, so that no cache holds it already.</summary>
    private static readonly string Version = $"0.1.0-test.{Guid.NewGuid():N}";

    /// <summary>The folder with the packages.</summary>
    public static string Packages => Folder["packages"];

    /// <summary>The file of a package.</summary>
    public static string Package(string name, string ending = "nupkg") => Path.Combine(Packages, $"{name}.{Version}.{ending}");

    [AssemblyInitialize]
    public static void Pack(TestContext context)
    {
        // The command first: all others are built with it, and nothing is built again.
        string[] projects =
        [
            "Sampler.Cli", "Shared", "Data", "Sampler", "Rendering", "Onnx", "TorchExport", "Trainer", "Evaluation", "Hosting",
        ];
        foreach (string project in projects)
        {
            DotnetOn(project, "pack", Packages);
        }
    }

    [AssemblyCleanup]
    public static void Clean()
    {
        string cache = Dotnet("nuget", "locals", "global-packages", "--list").Trim().Split(": ", 2)[1];
        foreach (string package in Directory.GetDirectories(cache, "diffusion.*"))
        {
            string copy = Path.Combine(package, Version);
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
        }

        Folder.Dispose();
    }

    /// <summary>Builds a sample against the packages and gives the path of its program.</summary>
    public static string BuildSample(string name)
    {
        // The samples name this folder as a source of packages, where those made by hand lie.
        Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "packages"));
        Dotnet(
            "build", Path.Combine(Repository.Root, "samples", name), "-c", "Release", "--artifacts-path", Folder[name],
            $"-p:DiffusionVersion={Version}", $"-p:RestoreAdditionalProjectSources={Packages}");
        return Path.Combine(Folder[name], "bin", name, "release", $"{name}.dll");
    }

    /// <summary>Publishes the command as the README says and gives the folder.</summary>
    public static string PublishCommand()
    {
        string folder = Folder["published"];
        DotnetOn("Sampler.Cli", "publish", folder);
        return folder;
    }

    /// <summary>Installs the command as a .NET tool and gives the path of the program.</summary>
    public static string InstallTool(string package, string command)
    {
        string folder = Folder["tools"];
        string config = Folder.Write(
            "nuget.config",
            $"""<configuration><packageSources><clear /><add key="packages" value="{Packages}" /></packageSources></configuration>""");
        Dotnet("tool", "install", package, "--version", Version, "--tool-path", folder, "--configfile", config);
        return Path.Combine(folder, command);
    }

    /// <summary>
    /// Packs or publishes a project of src. The same settings each time, so that what the one has built serves the other.
    /// </summary>
    private static void DotnetOn(string project, string work, string output)
        => Dotnet(
            work, Path.Combine(Repository.Root, "src", project), "-o", output,
            "--artifacts-path", Folder["build"], $"-p:Version={Version}", WithoutAnalyzers);

    /// <summary>Runs the SDK to a good end and gives what it said.</summary>
    public static string Dotnet(params string[] arguments)
    {
        (int code, string output, string messages) = Run("dotnet", arguments);
        Assert.AreEqual(0, code, $"dotnet {string.Join(' ', arguments)}\n{output}\n{messages}");
        Assert.DoesNotContain("warning", output, $"dotnet {string.Join(' ', arguments)}");
        return output;
    }

    /// <summary>Runs a program in the temporary folder.</summary>
    public static (int Code, string Output, string Messages) Run(string program, params string[] arguments)
        => RunIn(Folder.Root, program, arguments);

    /// <summary>Runs a program in a folder.</summary>
    public static (int Code, string Output, string Messages) RunIn(
        string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,

            // What the test host has set for itself must not reach the builds.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, messages.Result);
    }
}
