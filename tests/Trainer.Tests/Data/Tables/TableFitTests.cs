using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Tables;
using Diffusion.Training.Data.Tables;

namespace Diffusion.Training.Tests.Data.Tables;

[TestClass]
public sealed class TableFitTests
{
    private const int Count = 60;

    [TestMethod]
    public void EachKindOfColumn_IsTreatedAsWhatItIs()
    {
        (TableSpec spec, IReadOnlyList<ColumnReport> columns) = TableFit.Fit(RandomTable.Create(2_000, 1));
        Dictionary<string, ColumnReport> reports = columns.ToDictionary(column => column.Name);
        Assert.AreEqual("its distribution", reports["price"].Treatment);
        Assert.AreEqual("its distribution, and whether it is missing", reports["gaps"].Treatment);
        Assert.AreEqual("one of 5", reports["few"].Treatment);
        Assert.AreEqual("one of 6", reports["color"].Treatment);
        Assert.AreEqual("one of 3, missing among them", reports["gap"].Treatment);
        Assert.AreEqual("follows from 'color': looked up", reports["warm"].Treatment);
        Assert.AreEqual("never before 'start': the time from there to it", reports["end"].Treatment);
        Assert.AreEqual("always the same: not learned, but added", reports["same"].Treatment);
        Assert.AreEqual("always the same: not learned, but added", reports["seven"].Treatment);
        Assert.AreEqual(ColumnType.Date, reports["start"].Type);
        Assert.AreEqual(ColumnType.Category, reports["color"].Type);
        Assert.AreEqual(ColumnType.Number, reports["few"].Type);
        Assert.IsTrue(columns.All(column => column.IsKept));
        Assert.AreEqual(spec.Columns.Count, columns.Count);

        // whole, price, real, heaped, gaps, start, end; whether gaps is missing; few 3, color 3, gap 2.
        Assert.AreEqual(7 + 1 + 3 + 3 + 2, spec.Dimension);
    }

    [TestMethod]
    public void WhatNamesRows_IsLeftOut()
    {
        string[] texts = [.. Enumerable.Range(0, Count).Select(i => $"name {i}")];
        string[] varied = [.. Enumerable.Range(0, Count - 20).Select(i => $"note {i}")];
        Table table = new(
        [
            Numbers("row", i => i + 1), Numbers("user_id", i => (i * i) + 7), Numbers("humid", i => (i * i) + 7),
            Numbers("year", i => 1900 + (i % 50)),
            new TextColumn("name", [.. Enumerable.Range(0, Count)], texts),
            new TextColumn("note", [.. Enumerable.Range(0, Count).Select(i => i % varied.Length)], varied),
        ]);
        (TableSpec spec, IReadOnlyList<ColumnReport> columns) = TableFit.Fit(table);
        CollectionAssert.AreEqual(
            new[] { ColumnType.Id, ColumnType.Id, ColumnType.Number, ColumnType.Number, ColumnType.Id, ColumnType.Text },
            columns.Select(column => column.Type).ToArray());
        CollectionAssert.AreEqual(new[] { "humid", "year" }, spec.Columns.Select(column => column.Name).ToArray());
        Assert.AreEqual("left out: an identifier", columns[0].Treatment);
        Assert.AreEqual("left out: too many different texts", columns[^1].Treatment);
    }

    [TestMethod]
    public void TypesThatAreAskedFor_Count()
    {
        Table table = new([Numbers("row", i => i + 1), Numbers("grade", i => i % 30), Numbers("x", i => i % 50)]);
        (TableSpec spec, IReadOnlyList<ColumnReport> columns) = TableFit.Fit(table, new TableFitOptions
        {
            Types = new Dictionary<string, ColumnType>
            {
                ["row"] = ColumnType.Number, ["grade"] = ColumnType.Category, ["x"] = ColumnType.Id,
            },
        });
        Assert.IsInstanceOfType<NumberColumnSpec>(spec.Columns[0]);
        Assert.IsInstanceOfType<CategoryColumnSpec>(spec.Columns[1]);
        Assert.IsFalse(columns[2].IsKept);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => TableFit.Fit(table, new TableFitOptions { Target = "y" })).Message,
            "There is no column 'y'; the columns are: row, grade, x.");
    }

    /// <summary>A text that too few rows have would disclose them.</summary>
    [TestMethod]
    public void RareTexts_AreNotInTheModel()
    {
        int[] codes = [.. Enumerable.Range(0, Count).Select(i => i < 2 ? 2 : i % 2)];
        Table table = new([new TextColumn("job", codes, ["cook", "clerk", "queen"]), Numbers("x", i => i * 0.5)]);
        (TableSpec spec, IReadOnlyList<ColumnReport> columns) = TableFit.Fit(table);
        CollectionAssert.AreEqual(new[] { "clerk", "cook" }, ((CategoryColumnSpec)spec.Columns[0]).Texts!.Order().ToArray());
        Assert.AreEqual("one of 2; 1 that occur fewer than 3 times are left out", columns[0].Treatment);
        HashSet<string> drawn = [.. Texts(spec.Decode(new TableRows(spec, table).Draw(1, 0, 600).Samples))];
        Assert.IsTrue(drawn.SetEquals(["cook", "clerk"]));
        Assert.HasCount(3, ((CategoryColumnSpec)TableFit.Fit(table, new TableFitOptions { MinCount = 1 }).Spec.Columns[0]).Texts!);

        static IEnumerable<string> Texts(Table table) => Enumerable.Range(0, table.Count).Select(table.Columns[0].GetText);
    }

    /// <summary>A column that is asked about is learned, though it follows from another.</summary>
    [TestMethod]
    public void TheTarget_IsNeverLookedUp()
    {
        Table table = RandomTable.Create(2_000, 2);
        CategoryColumnSpec warm = Warm(new TableFitOptions());
        Assert.AreEqual("color", warm.Source);
        Assert.HasCount(6, warm.Map!);
        Assert.IsNull(Warm(new TableFitOptions { Target = "warm" }).Source);

        // One row that breaks the rule is enough.
        int[] codes = ((TextColumn)table["warm"]).Codes.ToArray();
        codes[0] = 1 - codes[0];
        TextColumn broken = new("warm", codes, ["no", "yes"]);
        Table other = new([.. table.Columns.Select(column => column.Name == "warm" ? broken : column)]);
        Assert.IsNull(((CategoryColumnSpec)TableFit.Fit(other).Spec.Columns.Single(column => column.Name == "warm")).Source);

        CategoryColumnSpec Warm(TableFitOptions options)
            => (CategoryColumnSpec)TableFit.Fit(table, options).Spec.Columns.Single(column => column.Name == "warm");
    }

    /// <summary>Whole numbers that stand as "41.0" in a file stay whole.</summary>
    [TestMethod]
    public void NumbersHaveTheDecimalsThatTheyNeed()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => (double)(i * i))];
        NumberColumn column = new("age", values, new DecimalFormat { Places = 1, IsPadded = true });
        Table table = new([column]);
        Dictionary<string, ColumnType> types = new() { ["age"] = ColumnType.Number };
        (TableSpec spec, _) = TableFit.Fit(table, new TableFitOptions { Types = types });
        Assert.AreEqual(0, ((NumberColumnSpec)spec.Columns[0]).Decimals);
        Table drawn = spec.Decode(new TableRows(spec, table).Draw(1, 0, 900).Samples);
        Assert.IsTrue(Enumerable.Range(0, 900).All(row => drawn.Columns[0].GetText(row).EndsWith(".0", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ATableWithoutAnythingToLearn_HasNoCoordinates()
    {
        (TableSpec spec, _) = TableFit.Fit(new Table([new TextColumn("gone", [-1, -1], []), Numbers("one", _ => 1, 2)]));
        Assert.AreEqual(0, spec.Dimension);
        Assert.HasCount(2, spec.Columns);
    }

    private static NumberColumn Numbers(string name, Func<int, double> value, int count = Count)
        => new(name, [.. Enumerable.Range(0, count).Select(value)], new DecimalFormat { Places = 0 });
}
