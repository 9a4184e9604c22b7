using System.Text;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Files;

[TestClass]
public sealed class NpyFileTests
{
    private static readonly PointSet Points = new([1, -2.5f, float.Epsilon, 4e30f, 0, -0f], 3);

    [TestMethod]
    public void Points_ReadBackAsTheyWere()
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder["p.npy"], Points);
        PointSet read = PointFile.Read(folder["p.npy"]);
        CollectionAssert.AreEqual(Points.Values.ToArray(), read.Values.ToArray());
        Assert.AreEqual(3, read.Dimension);
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void Header_IsThatOfNumPy()
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, Points.Count, [Points]);
        byte[] bytes = stream.ToArray();
        string header = Encoding.Latin1.GetString(bytes, 10, 118);
        Assert.AreEqual("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n", header);
        Assert.HasCount(128 + (6 * sizeof(float)), bytes);
    }

    [TestMethod]
    public void Doubles_AreReadAsFloats()
    {
        using TemporaryFolder folder = new();
        string path = WriteRaw(
            folder, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }",
            [.. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(-3.0)]);
        CollectionAssert.AreEqual(new[] { 0.5f, -3f }, PointFile.Read(path).Values.ToArray());
    }

    [TestMethod]
    public void FortranOrder_IsReadAsTheRowsItMeans_AndColumnsAreChosenByNumber()
    {
        using TemporaryFolder folder = new();
        byte[] values = [.. new float[] { 1, 4, 2, 5, 3, 6 }.SelectMany(BitConverter.GetBytes)];
        string path = WriteRaw(folder, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", values);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, PointFile.Read(path).Values.ToArray());
        CollectionAssert.AreEqual(new float[] { 3, 1, 6, 4 }, PointFile.Read(path, ColumnChoice.Of(["3", "1"])).Values.ToArray());
        Assert.AreEqual(
            $"'{path}' has no column 'age'. The columns have no names; choose a number between 1 and 3.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(path, ColumnChoice.Of(["age"]))).Message);
    }

    [TestMethod]
    public void NumbersThatAreNotFinite_AreRefused_WithRowAndColumn()
    {
        using TemporaryFolder folder = new();
        PointFile.Write(folder["p.npy"], new PointSet([1, 2, 3, 4, 5, float.NaN], 3));
        Assert.AreEqual(
            $"'{folder["p.npy"]}', row 2, column 3: expected a finite number; found 'NaN'.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder["p.npy"])).Message);
        string tooLarge = WriteRaw(folder, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", BitConverter.GetBytes(1e300));
        Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(tooLarge));
    }

    [TestMethod]
    [DataRow(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 12,
        "is truncated: its shape (2, 2) needs 16 bytes of data; found 12.")]
    [DataRow(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 20,
        "is too long: its shape (2, 2) needs 16 bytes of data; found 20.")]
    [DataRow(
        "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", 16,
        "has elements of type |O; <f4 (float32) or <f8 (float64) is required.")]
    [DataRow(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 2), }", 16,
        "has the shape (1, 2, 2); an array [n, d] with at least 1 row is required.")]
    [DataRow(
        "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 2), }", 16,
        "has elements of type <i4; <f4 (float32) or <f8 (float64) is required.")]
    [DataRow(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", 16,
        "has the shape (4); an array [n, d] with at least 1 row is required.")]
    [DataRow(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), }", 0,
        "has the shape (0, 2); an array [n, d] with at least 1 row is required.")]
    [DataRow(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999, 9999999999999), }", 16,
        "is truncated: its shape (9999999999999, 9999999999999) needs 399999999999920000000000004 bytes of data; found 16.")]
    [DataRow("{'descr': '<f4', 'shape': (2, 2), }", 16, "has a .npy header that cannot be read: {'descr': '<f4', 'shape': (2, 2), }")]
    public void Arrays_OfAnotherKind_AreRefused(string header, int bytes, string message)
    {
        using TemporaryFolder folder = new();
        string path = WriteRaw(folder, header, new byte[bytes]);
        Assert.AreEqual($"'{path}' {message}", Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(path)).Message);
    }

    [TestMethod]
    public void EveryTruncation_IsRefused()
    {
        using TemporaryFolder folder = new();
        using MemoryStream stream = new();
        NpyFile.Write(stream, Points.Count, [Points]);
        for (int length = 0; length < stream.Length; length++)
        {
            File.WriteAllBytes(folder["p.npy"], stream.ToArray()[..length]);
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder["p.npy"]), $"{length} bytes");
        }
    }

    [TestMethod]
    public void MissingFiles_Folders_AndOtherEndings_AreRefused()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["f.npy"]);
        Assert.AreEqual(
            $"The file '{folder["x.npy"]}' does not exist.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder["x.npy"])).Message);
        Assert.AreEqual(
            $"'{folder["f.npy"]}' is a folder; a file is required.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read(folder["f.npy"])).Message);
        Assert.AreEqual(
            "A file of points must be a .npy or .csv file; 'p.txt' has another extension.",
            Assert.ThrowsExactly<DiffusionException>(() => PointFile.Read("p.txt")).Message);
    }

    private static string WriteRaw(TemporaryFolder folder, string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + "\n");
        File.WriteAllBytes(folder["raw.npy"], [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, .. data]);
        return folder["raw.npy"];
    }
}
