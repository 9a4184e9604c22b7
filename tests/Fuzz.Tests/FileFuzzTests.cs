using System.Text;
using Diffusion.Cli;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Schedules;
using Diffusion.Tests.Support;
using FsCheck;

namespace Diffusion.Fuzz.Tests;

/// <summary>Files of points: whatever the bytes, they are points or refused, and points that were read are written and read back the same.</summary>
[TestClass]
public sealed class FileFuzzTests
{
    private static readonly PointSet Points = new([1.5f, -2, 0.25f, 3e-20f, 7, 1e20f], 2);

    [TestMethod]
    public void Npy_IsReadOrRefused()
    {
        byte[] single = Bytes(stream => NpyFile.Write(stream, Points.Count, [Points]));
        byte[] wide = [.. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(single).Replace("<f4", "<f8", StringComparison.Ordinal)), .. single[^24..]];
        byte[] columns = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(single).Replace("False", " True", StringComparison.Ordinal));
        TryFile("points.npy", Mutation.Of(single, wide, columns));
    }

    [TestMethod]
    public void Csv_IsReadOrRefused()
        => TryFile("points.csv", Mutation.Of(["1,2\n3,4\n"u8.ToArray(), "x,\"a, b\"\n1.5,-2e-3\r\n0,7\n"u8.ToArray(), "a\n1\n2\n\n3"u8.ToArray(), Bytes(stream => CsvFile.Write(stream, [Points]))]));

    [TestMethod]
    public void ListsOfWords_AreReadOrRefused()
        => Fuzzing.Try(Mutation.Of("age,income", "\"a,b\",c", "1,2,3"), list => _ = Fuzzing.Refusable(() => CsvFile.ReadWords(list)));

    [TestMethod]
    public void ListsOfTimesteps_AreReadOrRefused()
        => Fuzzing.Try(Mutation.Of("999,500,0", "999,500.5,100,1e-3", "0"), list =>
        {
            if (Fuzzing.Refusable(() => TimestepGrid.Validate(NoiseSchedule.Linear(), NumberList.Parse(list, "--timesteps", "999,0"))) is { } timesteps)
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
