using Diffusion.Training.Native;

namespace Diffusion.Trainer.Tests.Native;

[TestClass]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LibStdCxxPatchTests
{
    [TestMethod]
    public void Library_ThatWantsTheNewVersion_WantsItNoMore()
    {
        byte[] library = Unpatched();
        byte[] before = [.. library];
        Assert.IsTrue(LibStdCxxPatch.Apply(library));
        Assert.AreEqual(-1, library.AsSpan().IndexOf("_ZSt21ios_base_library_initv\0"u8));
        Assert.IsGreaterThan(0, library.AsSpan().IndexOf("\0_ZNSt8ios_base4InitC1Ev\0"u8));

        // A name of 28 letters, a version of 2 bytes, a hash and a name offset of 4 each: nothing else may change.
        Assert.IsLessThanOrEqualTo(28 + 2 + 4 + 4, library.Zip(before).Count(pair => pair.First != pair.Second));
        Assert.IsFalse(LibStdCxxPatch.Apply(library), "A patched library is left as it is.");
    }

    [TestMethod]
    public void Library_ThatDoesNotWantTheNewVersion_StaysAsItIs()
    {
        byte[] library = File.ReadAllBytes(FindLibrary("libonnxruntime.so"));
        byte[] before = [.. library];
        Assert.IsFalse(LibStdCxxPatch.Apply(library));
        CollectionAssert.AreEqual(before, library);
    }

    [TestMethod]
    public void FilesThatAreNoLibraries_AreRefused()
    {
        foreach (byte[] bytes in new[] { [], "text"u8.ToArray(), new byte[10_000] })
        {
            Assert.ThrowsExactly<InvalidDataException>(() => LibStdCxxPatch.Apply(bytes));
        }
    }

    [TestMethod]
    public void DamagedLibraries_AreRefusedOrLeftAlone_NeverACrash()
    {
        byte[] library = Unpatched();
        Random random = new(1);
        for (int k = 0; k < 300; k++)
        {
            byte[] damaged = k % 2 == 0 ? library[..random.Next(library.Length)] : [.. library];
            for (int flips = 0; flips < 20 && damaged.Length > 64; flips++)
            {
                damaged[random.Next(k % 3 == 0 ? 64 : damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                LibStdCxxPatch.Apply(damaged);
            }
            catch (InvalidDataException)
            {
                // The documented answer.
            }
        }
    }

    [TestMethod]
    public void File_IsPatchedInPlace_WithItsPermissions()
    {
        string folder = Directory.CreateTempSubdirectory("diffusion-test-").FullName;
        string path = Path.Combine(folder, "libLibTorchSharp.so");
        File.WriteAllBytes(path, Unpatched());
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Parallel.For(0, 4, _ => TorchRuntime.PatchFile(path));
        Assert.IsFalse(LibStdCxxPatch.Apply(File.ReadAllBytes(path)));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        Assert.HasCount(1, Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>TorchSharp's library as its package has it.</summary>
    private static byte[] Unpatched() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Native", "original.so"));

    private static string FindLibrary(string name) => Directory.GetFiles(AppContext.BaseDirectory, name, SearchOption.AllDirectories)[0];
}
