using Diffusion.Files;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

[TestClass]
public sealed class AtomicFileTests
{
    [TestMethod]
    public void AFailedWrite_LeavesTheOldFile_AndNothingElse()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.txt", "old");
        Assert.ThrowsExactly<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void AWrite_ReplacesTheOldFile_AndMakesFolders()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Root, "new", "folder", "a.txt");
        AtomicFile.Write(path, stream => stream.Write("one"u8));
        AtomicFile.Write(path, stream => stream.Write("two"u8));
        Assert.AreEqual("two", File.ReadAllText(path));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void PlacesThatCannotBeWritten_AreRefused()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.txt", "");
        foreach (string path in new[] { folder.Root, Path.Combine(file, "below-a-file.txt") })
        {
            DiffusionException written = Assert.ThrowsExactly<DiffusionException>(() => AtomicFile.Write(path, _ => { }));
            DiffusionException isChecked = Assert.ThrowsExactly<DiffusionException>(() => AtomicFile.Check(path));
            StringAssert.StartsWith(written.Message, $"Cannot write '{path}': ");
            Assert.AreEqual(written.Message, isChecked.Message);
        }
    }

    [TestMethod]
    public void ACheck_LeavesNothingBehind()
    {
        using TemporaryFolder folder = new();
        AtomicFile.Check(folder["a.txt"]);
        Assert.IsEmpty(folder.Files);
    }
}
