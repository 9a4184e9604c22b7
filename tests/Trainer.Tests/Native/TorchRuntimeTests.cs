using System.Runtime.Versioning;
using Diffusion.Training.Native;
using TorchSharp;

namespace Diffusion.Training.Tests.Native;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
[SupportedOSPlatform("linux")]
public sealed class TorchRuntimeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("diffusion-test-");

    private string Library => Path.Combine(folder.FullName, "library.so");

    public void Dispose() => folder.Delete(recursive: true);

    [TestMethod]
    public void OnceEnsured_TorchTrainsAndSaves()
    {
        Parallel.For(0, 8, _ => TorchRuntime.EnsureLoadable());
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.AreEqual(2f, torch.ones(2).sum().item<float>());

        torch.nn.Module<torch.Tensor, torch.Tensor> linear = torch.nn.Linear(1, 1);
        using torch.optim.Optimizer adam = torch.optim.Adam(linear.parameters(), lr: 0.1);
        torch.Tensor x = torch.linspace(-1, 1, 20).unsqueeze(1);
        float loss = 1;

        // Torch's own optimizer and the loss below make temporary Scalars, which the garbage collector must not finalize half way.
        const long AllThatIsAllocated = 1 << 26;
        Assert.IsTrue(GC.TryStartNoGCRegion(AllThatIsAllocated));
        for (int i = 0; i < 300; i++)
        {
            adam.zero_grad();
            torch.Tensor error = (linear.forward(x) - ((2 * x) + 1)).square().mean();
            error.backward();
            adam.step();
            loss = error.item<float>();
        }

        GC.EndNoGCRegion();

        Assert.IsLessThan(1e-4f, loss);
        string file = Path.Combine(folder.FullName, "linear.dat");
        linear.save(file);
        torch.nn.Module<torch.Tensor, torch.Tensor> loaded = torch.nn.Linear(1, 1);
        loaded.load(file);
        Assert.IsTrue(linear.forward(x).Equals(loaded.forward(x)));
    }

    [TestMethod]
    public void TorchsOwnErrors_ArriveAsExceptions()
    {
        TorchRuntime.EnsureLoadable();
        using torch.Tensor x = torch.ones(2);
        Assert.Throws<Exception>(() => x.view(7));
    }

    [TestMethod]
    public void AFile_IsPatchedOnce_AndKeepsItsPermissions()
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        byte[] original = NativeFiles.ReadOriginal();
        File.WriteAllBytes(Library, original);
        File.SetUnixFileMode(Library, mode);
        TorchRuntime.PatchFile(Library);
        CollectionAssert.AreEqual(LibStdCxxPatch.Apply(original), File.ReadAllBytes(Library));
        Assert.AreEqual(mode, File.GetUnixFileMode(Library));

        DateTime longAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Library, longAgo);
        TorchRuntime.PatchFile(Library);
        Assert.AreEqual(longAgo, File.GetLastWriteTimeUtc(Library));
    }

    [TestMethod]
    public void AFileThatIsALink_LeavesTheOtherFileAsItIs()
    {
        byte[] original = NativeFiles.ReadOriginal();
        string other = Path.Combine(folder.FullName, "other.so");
        File.WriteAllBytes(other, original);
        File.CreateSymbolicLink(Library, other);
        TorchRuntime.PatchFile(Library);
        CollectionAssert.AreEqual(original, File.ReadAllBytes(other));
        CollectionAssert.AreEqual(LibStdCxxPatch.Apply(original), File.ReadAllBytes(Library));
    }

    [TestMethod]
    public void ManyAtOnce_LeaveOneWholeFile()
    {
        byte[] original = NativeFiles.ReadOriginal();
        File.WriteAllBytes(Library, original);
        Parallel.For(0, 16, _ => TorchRuntime.PatchFile(Library));
        CollectionAssert.AreEqual(LibStdCxxPatch.Apply(original), File.ReadAllBytes(Library));
        Assert.HasCount(1, folder.GetFiles());
    }

    [TestMethod]
    public void WhereNothingCanBeWritten_TheMessageSaysWhatToDo()
    {
        // Permissions do not hold back an administrator; a name does that leaves no room for a longer one beside it.
        string path = Path.Combine(folder.FullName, new string('x', 250));
        byte[] original = NativeFiles.ReadOriginal();
        File.WriteAllBytes(path, original);
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => TorchRuntime.PatchFile(path));
        StringAssert.StartsWith(exception.Message, "TorchSharp needs libstdc++.so.6 with GLIBCXX_3.4.32 (GCC 13.2); found: /");
        StringAssert.Contains(exception.Message, $", to which '{path}' could not be adapted: ");
        StringAssert.EndsWith(
            exception.Message, " Build or copy the program to a folder that you can write to, or install a newer libstdc++6.");
        CollectionAssert.AreEqual(original, File.ReadAllBytes(path));
    }

    [TestMethod]
    public void AFileThatIsNoLibrary_IsRefused_AndLeftAlone()
    {
        File.WriteAllText(Library, "text");
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => TorchRuntime.PatchFile(Library));
        StringAssert.Contains(exception.Message, $"'{Library}' could not be adapted: This is not a 64-bit little-endian ELF file. ");
        Assert.AreEqual("text", File.ReadAllText(Library));
        Assert.HasCount(1, folder.GetFiles());
    }
}
