using System.Diagnostics;
using System.Globalization;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>A command reads a model once: what is looked through is what is run, even if the file changes in between.</summary>
[TestClass]
public sealed class ReadOnceTests
{
    private const int Padding = 64 << 20;

    /// <summary>The system counts what a process has read. It is asked while the command waits for somebody to take its points.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AModel_IsReadOnce(bool isCompiled)
    {
        using TemporaryFolder folder = new();
        string model = ShippedModels.PathOf("moons");
        if (isCompiled)
        {
            (int code, _, string messages) = CommandRun.Of(
                "diffusion", folder.Root, "compile", model, "--steps", "2", "-o", "compiled.onnx");
            Assert.AreEqual(0, code, messages);
            model = folder["compiled.onnx"];
        }

        // A description of the model (doc_string, field 6) makes the file large.
        File.WriteAllBytes(folder["large.onnx"], [.. File.ReadAllBytes(model), .. Wire.Text(6, new string('x', Padding))]);
        using Process process = CommandRun.Start("diffusion", folder.Root, "sample", "large.onnx", "-n", "10000000", "-o", "-");
        Assert.IsGreaterThanOrEqualTo(0, process.StandardOutput.Read());
        long read = long.Parse(File.ReadLines($"/proc/{process.Id}/io").First().Split(' ')[1], CultureInfo.InvariantCulture);
        process.Kill();
        process.WaitForExit();
        Assert.IsTrue(read >= Padding && read < 1.5 * Padding, $"{read} bytes were read, the file has {Padding} and a few.");
    }
}
