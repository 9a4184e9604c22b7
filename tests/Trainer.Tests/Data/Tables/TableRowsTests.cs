using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Samples;
using Diffusion.Tables;
using Diffusion.Training.Data;
using Diffusion.Training.Data.Tables;

namespace Diffusion.Training.Tests.Data.Tables;

/// <summary>Laws of the codec of tables.</summary>
[TestClass]
public sealed class TableRowsTests
{
    private const int Count = 3_000;

    /// <summary>Decoding what was encoded gives the cell again, whichever point of its interval stands for it: exactly where numbers have
    /// decimals, and otherwise to the precision of float32.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void EveryRow_ComesBack(int seed)
    {
        Table table = RandomTable.Create(Count, seed);
        (TableSpec spec, _) = TableFit.Fit(table, new TableFitOptions { MinCount = 1 });
        TableRows rows = new(spec, table);
        int[] order = new EpochOrder(Count).Rows(9, 0, 2 * Count);
        Table decoded = spec.Decode(rows.Draw(9, 0, 2 * Count).Samples);
        CollectionAssert.AreEqual(
            table.Columns.Select(column => column.Name).ToArray(), decoded.Columns.Select(column => column.Name).ToArray());
        for (int i = 0; i < order.Length; i++)
        {
            foreach (TableColumn column in table.Columns)
            {
                RandomTable.AssertEqual(
                    column.GetText(order[i]), decoded[column.Name].GetText(i), column.Name == "real" ? 1e-5 : 0, column.Name);
            }
        }
    }

    /// <summary>Whatever a network gives, every cell is one that could stand in the table.</summary>
    [TestMethod]
    public void AnySample_DecodesToPossibleCells()
    {
        Table table = RandomTable.Create(Count, 4);
        (TableSpec spec, _) = TableFit.Fit(table);
        Random random = new(5);
        float[] wild = [.. Enumerable.Range(0, 5_000 * spec.Dimension)
            .Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 20))))];
        wild[0] = float.NaN;
        wild[1] = float.PositiveInfinity;
        Table decoded = spec.Decode(new SampleBatch(wild, SampleShape.Vector(spec.Dimension)));
        foreach (TableColumn column in decoded.Columns)
        {
            TableColumn original = table[column.Name];
            if (original is NumberColumn numbers)
            {
                double[] known = [.. numbers.Values.ToArray().Where(double.IsFinite)];
                double[] values = [.. ((NumberColumn)column).Values.ToArray().Where(value => !double.IsNaN(value))];
                double most = column.Name == "end" ? known.Max() + 30 : known.Max();
                Assert.IsTrue(values.All(value => value >= known.Min() && value <= most), column.Name);
                bool areRounded = numbers.Format.Decimals is not { } places || values.All(value => value == Math.Round(value, places));
                Assert.IsTrue(areRounded, column.Name);
                Assert.IsTrue(column.Name == "gaps" || values.Length == decoded.Count, column.Name);
            }
            else
            {
                HashSet<string> known = [.. Enumerable.Range(0, table.Count).Select(original.GetText)];
                Assert.IsTrue(Enumerable.Range(0, decoded.Count).All(row => known.Contains(column.GetText(row))), column.Name);
            }
        }

        // A date is never before the one that it is counted from, and what follows from a column does.
        Assert.IsTrue(Enumerable.Range(0, decoded.Count).All(row => Value("start", row) <= Value("end", row)));
        Assert.IsTrue(Enumerable.Range(0, decoded.Count)
            .All(row => (decoded["color"].GetText(row) == "red") == (decoded["warm"].GetText(row) == "yes")));

        double Value(string name, int row) => ((NumberColumn)decoded[name]).Values[row];
    }

    [TestMethod]
    public void ASample_IsAFunctionOfTheSeedAndItsNumber()
    {
        Table table = RandomTable.Create(200, 6);
        TableRows rows = new(TableFit.Fit(table).Spec, table);
        CleanBatch whole = rows.Draw(7, 0, 1_000);
        CleanBatch part = rows.Draw(7, 730, 120);
        Assert.AreEqual(whole.Samples.Slice(730, 120), part.Samples);
        Assert.AreEqual(whole.Conditions.Slice(730, 120), part.Conditions);
        Assert.AreNotEqual(whole.Samples, rows.Draw(8, 0, 1_000).Samples);
    }

    /// <summary>The coordinates of a number are standard normal: so the network sees noise and data of one size.</summary>
    [TestMethod]
    public void Numbers_BecomeStandardNormal()
    {
        Table table = RandomTable.Create(20_000, 8);
        (TableSpec spec, _) = TableFit.Fit(table);
        SampleBatch samples = new TableRows(spec, table).Draw(1, 0, 20_000).Samples;
        for (int k = 0; k < spec.Layout.NumberCount; k++)
        {
            double[] z = [.. Enumerable.Range(0, samples.Count).Select(i => (double)samples[i][k]).Order()];
            double largest = z.Select((value, i) => Math.Abs(NormalDistribution.Cdf(value) - ((i + 0.5) / z.Length))).Max();

            // Kolmogorov's bound at a probability of 1e-6.
            Assert.IsLessThan(Math.Sqrt(Math.Log(2e6) / 2 / z.Length), largest, $"coordinate {k}");
        }
    }

    /// <summary>Rows without given cells, with one to three columns and with any share of them are a third each.</summary>
    [TestMethod]
    public void GivenCells_AreThoseOfTheRow_AndHowManyThereAreVaries()
    {
        Table table = RandomTable.Create(500, 10);
        (TableSpec spec, _) = TableFit.Fit(table);
        CleanBatch batch = new TableRows(spec, table).Draw(11, 0, 9_000);
        int size = spec.Dimension;
        ReadOnlySpan<float> given = batch.Conditions.Given.Span;
        ReadOnlySpan<float> mask = batch.Conditions.Mask.Span;
        for (int i = 0; i < mask.Length; i++)
        {
            Assert.IsTrue(mask[i] is 0 or 1);
            Assert.AreEqual(mask[i] * batch.Samples.Values[i], given[i]);
        }

        int[] columns = new int[batch.Samples.Count];
        int none = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            ReadOnlySpan<float> row = mask.Slice(i * size, size);
            foreach (PlacedBlock placed in spec.Layout.Blocks)
            {
                ReadOnlySpan<float> block = row.Slice(placed.Start, placed.Block.Width);
                Assert.IsTrue(block.IndexOfAnyExcept(block[0]) < 0, "A block is given whole.");
                columns[i] += placed.Part == 0 && row[placed.Start] == 1 ? 1 : 0;
            }

            // Where a number is given, so is that it is there.
            foreach (ColumnSpec column in spec.Columns.Where(column => spec.Layout.BlocksOf(column).Count > 1))
            {
                Assert.IsTrue(row[spec.Layout.BlocksOf(column)[0].Start] <= row[spec.Layout.BlocksOf(column)[1].Start]);
            }

            none += row.IndexOf(1) < 0 ? 1 : 0;
        }

        Assert.AreEqual(1 / 3.0, none / 9_000.0, 0.03);
        Assert.IsGreaterThan(9_000 / 4, columns.Count(number => number is >= 1 and <= 3));
        Assert.IsGreaterThan(9_000 / 10, columns.Count(number => number > spec.Layout.ColumnCount / 2));
    }

    [TestMethod]
    public void ATableThatLacksAColumn_IsRefused()
    {
        Table table = RandomTable.Create(100, 12);
        (TableSpec spec, _) = TableFit.Fit(table);
        Table other = new([.. table.Columns.Where(column => column.Name != "whole")]);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => new TableRows(spec, other)).Message, "There is no column 'whole'");
        Table text = new([.. other.Columns, new TextColumn("whole", new int[100], ["x"])]);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => new TableRows(spec, text)).Message, "'whole' must be one of numbers");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(
                () => spec.Decode(new SampleBatch(new float[3], SampleShape.Vector(3)))).Message, "coordinates; found 3");
    }
}
