using System.Security.Cryptography;
using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Tests.Support;
using Diffusion.Training.Data;

namespace Diffusion.Training.Tests.Data;

[TestClass]
public sealed class TrainingDataTests
{
    [TestMethod]
    public void Files_AreStandardised_AndTheirUnitsKept()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("heights.csv", "age,height,one\n10,150,1\n20,170,1\n30,190,1\n");
        TrainingSet set = TrainingData.Open(new DataRequest(path) { AsPoints = true });
        DataInfo info = set.Info;
        Assert.AreEqual(("heights", "heights.csv"), (info.Name, info.File));
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), info.FileSha256);
        CollectionAssert.AreEqual(new[] { "age", "height" }, info.Columns!.ToArray());
        CollectionAssert.AreEqual(new double[] { 20, 170 }, info.Shift!.ToArray());
        Assert.AreEqual(Math.Sqrt(200.0 / 3), info.Scale![0], 1e-12);
        Assert.AreEqual(new ConstantColumn { Position = 2, Name = "one", Value = 1 }, info.Constants!.Single());
        float[] points = Draw(set.Source, 0, 30);
        float[] ages = [.. points.Where((_, i) => i % 2 == 0).Distinct().Order()];
        Numbers.AreClose([-Math.Sqrt(1.5), 0, Math.Sqrt(1.5)], Array.ConvertAll(ages, age => (double)age), 1e-6);
    }

    [TestMethod]
    [DataRow("7.25")]
    [DataRow("-1e6")]
    [DataRow("1e-20")]
    [DataRow("20240131")]
    [DataRow("0")]
    public void AConstantColumn_TakesNoCoordinate_AndComesBackExactly(string constant)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", $"a,b\n1,{constant}\n2,{constant}\n4,{constant}\n");
        TrainingSet set = TrainingData.Open(new DataRequest(path) { AsPoints = true });
        Assert.IsTrue(set.Remarks.Any(remark => remark.StartsWith("Column b is always ", StringComparison.Ordinal)));
        Assert.AreEqual(1, set.Info.Dimension);
        NumericTable restored = DataUnits.RestoreTable(set.Info, new SampleBatch(new[] { 0.5f, 0.25f }, SampleShape.Vector(1)));
        Assert.AreEqual(double.Parse(constant, System.Globalization.CultureInfo.InvariantCulture), restored[0][1]);
        Assert.AreEqual(restored[0][1], restored[1][1]);
        using MemoryStream text = new();
        CsvFile.Write(text, [restored], NumberWidth.Bits64);
        Assert.IsFalse(System.Text.Encoding.UTF8.GetString(text.ToArray()).Contains("-0", StringComparison.Ordinal));
    }

    /// <summary>In float32 all of these are one number.</summary>
    [TestMethod]
    public void LargeNumbers_KeepTheirDigits()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", string.Concat(Enumerable.Range(0, 100).Select(i => $"{1700000000000 + i},{20240131 + i}\n")));
        TrainingSet set = TrainingData.Open(new DataRequest(path) { AsPoints = true, HoldOut = 0 });
        DataInfo info = set.Info;
        Assert.IsNull(info.Constants);
        Assert.IsFalse(set.Remarks.Any(remark => remark.Contains("repeat", StringComparison.Ordinal)));
        Numbers.AreClose([1700000000049.5, 20240180.5], info.Shift!.ToArray(), 1e-3);
        Numbers.AreClose([Math.Sqrt(9999.0 / 12), Math.Sqrt(9999.0 / 12)], info.Scale!.ToArray(), 1e-9);
        float[] points = Draw(set.Source, 0, 100);
        NumericTable restored = DataUnits.RestoreTable(info, new SampleBatch(points, SampleShape.Vector(2)));
        double[] first = [.. Enumerable.Range(0, 100).Select(i => restored[i][0]).Order()];
        Numbers.AreClose([.. Enumerable.Range(0, 100).Select(i => 1700000000000.0 + i)], first, 1e-3);
    }

    [TestMethod]
    public void ADeviationThatNoModelCanCarry_IsRefused()
    {
        using TemporaryFolder folder = new();
        foreach (string values in new[] { "1e-40\n2e-40\n", "1e200\n2e200\n", "1e31\n1.1e31\n", "0\n1e-170\n" })
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<DiffusionException>(
                    () => TrainingData.Open(new DataRequest(folder.Write("t.csv", values)) { AsPoints = true })).Message,
                "column 1: the mean must be between -1E+30 and 1E+30");
        }
    }

    [TestMethod]
    [DataRow("1e308\n-1e308\n1e308\n-1e308\n", "found 0 and 1e+308.")]
    [DataRow("1e200\n3e200\n", "found 2e+200 and 1e+200.")]
    [DataRow("-1.5e308\n-1.7e308\n", "found -1.6e+308 and 1e+307.")]
    [DataRow("0\n1e-170\n", "found 5e-171 and 5e-171.")]
    public void TheRefusalOfHugeAndTinyNumbers_SaysTheirMeanAndDeviation(string values, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", values);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => TrainingData.Open(new DataRequest(path) { AsPoints = true })).Message, message);
    }

    [TestMethod]
    public void NumbersThatADoubleCannotHold_AreReported_InConstantsToo()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", "id,x,user\n1234567890123456789,1,9007199254740993\n1234567890123456788,2,9007199254740993\n");
        DataRequest request = new(path) { AsPoints = true, Columns = ColumnChoice.Of(["x", "user"]) };
        string[] remarks = [.. TrainingData.Open(request).Remarks];
        CollectionAssert.Contains(remarks, "Column user has whole numbers beyond 2^53, which double precision rounds.");
        Assert.IsFalse(remarks.Any(remark => remark.StartsWith("Column id", StringComparison.Ordinal)));
    }

    /// <summary>The file is replaced again and again while it is opened: the card's hash is that of the rows that are learned.</summary>
    [TestMethod]
    [DataRow("csv")]
    [DataRow("npy")]
    public void TheHashInTheCard_IsThatOfTheRowsThatAreLearned_EvenIfTheFileChangesMeanwhile(string ending)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, double> means = [];
        foreach (double mean in new[] { 1, 2 })
        {
            string path = folder[$"{mean}.{ending}"];
            PointFile.Write(path, 2, [new NumericTable([mean - 0.5, mean + 0.5], 1)], NumberWidth.Bits64);
            means[Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))] = mean;
        }

        string used = folder[$"t.{ending}"];
        File.Copy(folder[$"1.{ending}"], used);
        using CancellationTokenSource ended = new();
        Task replacing = Task.Run(() =>
        {
            for (int i = 0; !ended.IsCancellationRequested; i++)
            {
                File.Copy(folder[$"{(i % 2) + 1}.{ending}"], folder["next"]);
                File.Move(folder["next"], used, overwrite: true);
            }
        });
        for (int i = 0; i < 500; i++)
        {
            try
            {
                DataInfo info = TrainingData.Open(new DataRequest(used) { AsPoints = true }).Info;
                Assert.AreEqual(means[info.FileSha256!], info.Shift![0]);
            }
            catch (DiffusionException exception)
            {
                StringAssert.Contains(exception.Message, "was changed while it was being read.");
            }
        }

        ended.Cancel();
        replacing.Wait();
    }

    [TestMethod]
    public void RowsThatAreEqual_AreNeverOnBothSidesOfTheSplit()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 100},{i % 100 * 0.5}\n")));
        TrainingSet set = TrainingData.Open(new DataRequest(path) { AsPoints = true, HoldOut = 0.25, Seed = 3 });
        Assert.AreEqual(50, set.HoldOut!.Count);
        float[] epoch = Draw(set.Source, 0, 150);
        HashSet<float> learned = [.. epoch.Where((_, i) => i % 2 == 0)];
        Assert.HasCount(75, learned);
        float[] held = Draw(set.HoldOut, 0, 50);
        Assert.IsFalse(Enumerable.Range(0, 50).Any(i => learned.Contains(held[2 * i])));
    }

    [TestMethod]
    public void WhereNoGroupOfEqualRowsFits_NothingIsHeldOut_AndItIsSaid()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 2}\n")));
        TrainingSet set = TrainingData.Open(new DataRequest(path) { AsPoints = true });
        Assert.IsNull(set.HoldOut);
        CollectionAssert.Contains(
            set.Remarks.ToArray(), "No points are held out: each occurs more than 4 times, and equal points stay together.");
    }

    [TestMethod]
    public void HeldOutRows_AreNeverLearnedFrom_AndTheOthersAllAre()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", string.Concat(Enumerable.Range(0, 50).Select(i => $"{i}\n")));
        foreach ((double? share, int expected) in new (double?, int)[] { (null, 5), (0.3, 15), (0.0, 0), (0.01, 0) })
        {
            TrainingSet set = TrainingData.Open(new DataRequest(path) { AsPoints = true, HoldOut = share, Seed = 3 });
            int rows = 50 - expected;
            float[] epoch = Draw(set.Source, 2 * rows, rows);
            float[] held = set.HoldOut is { Count: { } count } ? Draw(set.HoldOut, 0, count) : [];
            Assert.HasCount(expected, held);
            Assert.AreEqual(50, epoch.Concat(held).Distinct().Count());
        }
    }

    [TestMethod]
    public void EveryEpoch_HasEveryPointOnce_InAnOrderOfItsOwn_AndAnyPartIsThatOfTheWhole()
    {
        PointSet set = new([.. Enumerable.Range(0, 10).Select(i => (float)i)], 1);
        FixedSamples points = new(set);
        float[] three = Draw(points, 0, 30);
        foreach (float[] epoch in three.Chunk(10))
        {
            CollectionAssert.AreEqual(set.Values.ToArray(), epoch.Order().ToArray());
        }

        CollectionAssert.AreNotEqual(three[..10], three[10..20]);
        CollectionAssert.AreEqual(three[7..19], Draw(points, 7, 12));
    }

    [TestMethod]
    public void RepeatedRows_AreCounted()
    {
        using TemporaryFolder folder = new();
        TrainingSet set = TrainingData.Open(new DataRequest(folder.Write("t.csv", "1,2\n1,2\n3,4\n1,2\n")) { AsPoints = true });
        CollectionAssert.Contains(set.Remarks.ToArray(), "2 of 4 rows are duplicates; each row is used as often as it occurs.");
    }

    [TestMethod]
    [DataRow("", "has no rows; at least 1 row of numbers is required.")]
    [DataRow("a,b\n1,2\n3\n", ", line 3: the number of columns must be 2; was 1.")]
    [DataRow("a,b\n1,2\n3,blue\n", ", line 3, column b: expected a finite number; found 'blue'.")]
    [DataRow("a,b\n1,2\n3,\n", ", line 3, column b: expected a finite number; the cell is empty.")]
    [DataRow("a,b\n1,2\nnan,4\n", ", line 3, column a: expected a finite number; found 'nan'.")]
    [DataRow("a,b\n1,2\n", "has 1 row; at least 2 rows are required.")]
    [DataRow("a,b\n1,2\n1,2\n", "has the same values in every row; there is nothing to learn.")]
    public void TablesThatCannotBeLearned_AreRefused_WithThePlace(string text, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", text);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => TrainingData.Open(new DataRequest(path) { AsPoints = true })).Message, message);
    }

    [TestMethod]
    public void TooManyColumns_AreRefused_AndSomeCanBeChosen()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", $"{string.Join(',', Enumerable.Range(0, 65))}\n{string.Join(',', Enumerable.Range(1, 65))}\n");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => TrainingData.Open(new DataRequest(path) { AsPoints = true })).Message,
            "has 65 columns; at most 64 can be learned.");
        DataRequest two = new(path) { AsPoints = true, Columns = ColumnChoice.Of(["65", "2"]) };
        Assert.AreEqual(2, TrainingData.Open(two).Info.Dimension);
    }

    private static float[] Draw(IBatchSource source, int first, int count) => source.Draw(1, first, count).Samples.Values.ToArray();
}
