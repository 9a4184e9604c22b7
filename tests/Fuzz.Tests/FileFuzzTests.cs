using System.Text;
using Diffusion.Cli;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Tests.Support;
using Diffusion.Time;
using FsCheck;

namespace Diffusion.Fuzz.Tests;

/// <summary>
/// Files of points: whatever the bytes, they are points or refused, and points that were read are written and read back the same.
/// </summary>
[TestClass]
public sealed class FileFuzzTests
{
    private static readonly PointSet Points = new([1.5f, -2, 0.25f, 3e-20f, 7, 1e20f], 2);

    [TestMethod]
    public void Npy_IsReadOrRefused()
    {
        byte[] single = Bytes(stream => NpyFile.Write(stream, Points.Count, [Points]));
        byte[] wide =
        [
            .. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(single).Replace("<f4", "<f8", StringComparison.Ordinal)),
            .. single[^24..],
        ];
        byte[] columns = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(single).Replace("False", " True", StringComparison.Ordinal));
        TryFile("points.npy", Mutation.Of(single, wide, columns));
    }

    [TestMethod]
    public void Csv_IsReadOrRefused()
        => TryFile("points.csv", Mutation.Of(
        [
            "1,2\n3,4\n"u8.ToArray(), "x,\"a, b\"\n1.5,-2e-3\r\n0,7\n"u8.ToArray(), "a\n1\n2\n\n3"u8.ToArray(),
            Bytes(stream => CsvFile.Write(stream, [Points])),
        ]));

    /// <summary>A table is read the same whatever was decided about its first line, once it is written down.</summary>
    [TestMethod]
    public void Tables_AreReadOrRefused_AndReadBackToTheLastBit()
    {
        using TemporaryFolder folder = new();
        byte[][] tables =
        [
            "2019,2020\n10,20\n11,21\n"u8.ToArray(), "x;x;=y\n1,5;2,25;7\n2,5;1,125;1e300\n"u8.ToArray(),
            ",a,b\n0,0.5,7\n1,0.25,7\n"u8.ToArray(),
            "# by me\n\"a, b\",'+c\n1700000000001,0.1\n"u8.ToArray(), "a\tgr\u00f6\u00dfe\n1\t2\n3\t4\n"u8.ToArray(),
        ];
        Fuzzing.Try(Mutation.Of(tables), content =>
        {
            File.WriteAllBytes(folder["t.csv"], content);
            if (Fuzzing.Refusable(() => PointFile.ReadTable(folder["t.csv"])) is not { Table: var table })
            {
                return;
            }

            Assert.IsTrue(table.Values.ToArray().All(double.IsFinite));
            PointFile.Write(folder["t.csv"], table.Count, [table], NumberWidth.Bits64);
            NumericTable read = PointFile.ReadTable(
                folder["t.csv"], new TableReading { HasHeader = table.Columns is not null, Columns = Everything(table.Width) }).Table;
            CollectionAssert.AreEqual(table.Values.ToArray(), read.Values.ToArray());
            CollectionAssert.AreEqual(table.Columns?.ToArray(), read.Columns?.ToArray());
        });

        // All columns by number, so that one that only counts the rows is not left out.
        static ColumnChoice Everything(int width) => ColumnChoice.Of([.. Enumerable.Range(1, width).Select(column => $"{column}")]);
    }

    [TestMethod]
    public void ListsOfWords_AreReadOrRefused()
        => Fuzzing.Try(Mutation.Of("age,income", "\"a,b\",c", "1,2,3"), list => _ = Fuzzing.Refusable(() => CsvFile.ReadWords(list)));

    [TestMethod]
    public void ListsOfTimesteps_AreReadOrRefused()
        => Fuzzing.Try(Mutation.Of("999,500,0", "999,500.5,100,1e-3", "0"), list =>
        {
            if (Fuzzing.Refusable(
                () => TimestepGrid.Validate(NoiseSchedule.Linear(), NumberList.Parse(list, "--timesteps", "999,0"))) is { } timesteps)
            {
                Assert.IsTrue(timesteps.Count > 0 && timesteps.All(timestep => timestep is >= 0 and <= 999), list);
                Assert.IsTrue(timesteps.Zip(timesteps.Skip(1)).All(pair => pair.First > pair.Second), list);
            }
        });

    private static void TryFile(string name, Gen<byte[]> contents)
    {
        using TemporaryFolder folder = new();
        Fuzzing.Try(contents, content =>
        {
            File.WriteAllBytes(folder[name], content);
            if (Fuzzing.Refusable(() => PointFile.Read(folder[name])) is not { } points)
            {
                return;
            }

            Assert.IsTrue(points.Values.ToArray().All(float.IsFinite));
            PointFile.Write(folder[name], points);
            CollectionAssert.AreEqual(points.Values.ToArray(), PointFile.Read(folder[name]).Values.ToArray());
        });
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }
}
