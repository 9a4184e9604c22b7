using System.Diagnostics;
using System.Runtime.Versioning;
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
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void AWrite_FollowsLinks_AndKeepsPermissions()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using TemporaryFolder folder = new();
        string file = folder.Write("a.txt", "old");
        File.SetUnixFileMode(file, Private);
        File.CreateSymbolicLink(folder["link"], "a.txt");
        File.CreateSymbolicLink(folder["link to a link"], folder["link"]);
        AtomicFile.Write(folder["link to a link"], stream => stream.Write("new"u8));
        Assert.AreEqual("new", File.ReadAllText(file));
        Assert.AreEqual(Private, File.GetUnixFileMode(file));
        Assert.AreEqual("a.txt", new FileInfo(folder["link"]).LinkTarget);

        File.CreateSymbolicLink(folder["link to nothing"], folder["made.txt"]);
        AtomicFile.Write(folder["link to nothing"], stream => stream.Write("made"u8));
        Assert.AreEqual("made", File.ReadAllText(folder["made.txt"]));
        Assert.HasCount(5, folder.Files);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void PipesAndDevices_AreNotReplaced()
    {
        using TemporaryFolder folder = new();
        string pipe = folder["pipe"];
        Process.Start("mkfifo", [pipe]).WaitForExit();
        File.CreateSymbolicLink(folder["link"], "/dev/null");
        foreach (string path in new[] { pipe, "/dev/null", folder["link"] })
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<DiffusionException>(() => AtomicFile.Write(path, _ => { })).Message, "it is a pipe or a device");
            Assert.ThrowsExactly<DiffusionException>(() => AtomicFile.Check(path));
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
