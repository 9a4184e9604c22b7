using System.Text.RegularExpressions;
using Diffusion.Tests.Support;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Diffusion.Tests.Architecture;

/// <summary>Libraries are used by programs that have no command line: their messages name no option of one.</summary>
[TestClass]
public sealed partial class LibraryMessageTests
{
    [TestMethod]
    [DataRow("Shared")]
    [DataRow("Data")]
    [DataRow("Sampler")]
    [DataRow("Onnx")]
    [DataRow("Evaluation")]
    [DataRow("Rendering")]
    [DataRow("Trainer")]
    [DataRow("TorchExport")]
    [DataRow("Hosting")]
    public void Libraries_NameNoOption_AndUseNoConsole(string project)
    {
        // As the tests themselves: bin/Release/net10.0, for one.
        string build = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Diffusion.Tests"), AppContext.BaseDirectory);
        string assembly = Path.Combine(Repository.Root, "src", project, build, $"Diffusion.{project}.dll");
        Assert.IsEmpty(OptionsIn(assembly), string.Join("; ", OptionsIn(assembly)));
        Assert.IsFalse(UsesConsole(assembly));
    }

    /// <summary>Guards the test above: it would pass on an assembly whose texts it did not see.</summary>
    [TestMethod]
    public void Commands_NameOptions_AndUseTheConsole()
    {
        Assert.IsNotEmpty(OptionsIn(Path.Combine(AppContext.BaseDirectory, "diffusion.dll")));
        Assert.IsTrue(UsesConsole(Path.Combine(AppContext.BaseDirectory, "Diffusion.CommandLine.dll")));
    }

    private static bool UsesConsole(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        return assembly.MainModule.AssemblyReferences.Any(reference => reference.Name == "System.Console");
    }

    private static string[] OptionsIn(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        return
        [
            .. from type in assembly.MainModule.GetTypes()
               from method in type.Methods
               where method.HasBody
               from instruction in method.Body.Instructions
               where instruction.OpCode == OpCodes.Ldstr && Option().IsMatch((string)instruction.Operand)
               select $"{type.Name}: {instruction.Operand}",
        ];
    }

    [GeneratedRegex("--[a-z]")]
    private static partial Regex Option();
}
