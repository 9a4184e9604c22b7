using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class ValidityTests
{
    private const double Missing = double.NaN;

    private static readonly Table Real = Sample.Of(
        Sample.Numbers("whole", 0, 5, 10), Sample.Numbers("price", 0.25, 1.5, 2), Sample.Numbers("gaps", 1, 2, Missing),
        Sample.Texts("town", "Arles", "Bern", "Cork"));

    [TestMethod]
    public void RealRows_AreValid()
    {
        Validity validity = Validity.Of(Real, Real);
        Assert.AreEqual(1, validity.Rows);
        Assert.IsTrue(validity.Columns.All(column => column is { InRange: 1, Known: 1, Rounded: 1, Present: 1, Valid: 1 }));
    }

    [TestMethod]
    [DataRow("whole", 11.0, nameof(ColumnValidity.InRange))]
    [DataRow("whole", -1.0, nameof(ColumnValidity.InRange))]
    [DataRow("whole", 0.5, nameof(ColumnValidity.Rounded))]
    [DataRow("whole", Missing, nameof(ColumnValidity.Present))]
    [DataRow("price", 1.125, nameof(ColumnValidity.Rounded))]
    [DataRow("price", 0.24, nameof(ColumnValidity.InRange))]
    [DataRow("price", Missing, nameof(ColumnValidity.Present))]
    [DataRow("price", 1.99, null)]
    [DataRow("gaps", Missing, null)]
    [DataRow("gaps", 3.0, nameof(ColumnValidity.InRange))]
    [DataRow("town", "Dover", nameof(ColumnValidity.Known))]
    [DataRow("town", null, nameof(ColumnValidity.Present))]
    [DataRow("town", "Cork", null)]
    public void ACellThatCannotBe_IsCaught_ByTheRuleThatItBreaks(string name, object? cell, string? broken)
    {
        Validity validity = Validity.Of(Real, new Table(
            [.. Real.Columns.Select(column => column.Name == name ? WithFirst(column, cell) : column)]));
        double expected = broken is null ? 1 : 2 / 3.0;
        Assert.AreEqual(expected, validity.Rows, 1e-12);
        foreach (ColumnValidity column in validity.Columns)
        {
            bool isHit = column.Name == name;
            Assert.AreEqual(isHit ? expected : 1, column.Valid, 1e-12);
            Assert.AreEqual(isHit && broken == nameof(column.InRange) ? expected : 1, column.InRange, 1e-12);
            Assert.AreEqual(isHit && broken == nameof(column.Known) ? expected : 1, column.Known, 1e-12);
            Assert.AreEqual(isHit && broken == nameof(column.Rounded) ? expected : 1, column.Rounded, 1e-12);
            Assert.AreEqual(isHit && broken == nameof(column.Present) ? expected : 1, column.Present, 1e-12);
        }
    }

    [TestMethod]
    public void ARow_IsAsGoodAsItsWorstCell()
    {
        Table synthetic = Sample.Of(
            Sample.Numbers("whole", 99, 5, 5), Sample.Numbers("price", 1, 99, 1), Sample.Numbers("gaps", 1, 1, 1),
            Sample.Texts("town", "Bern", "Bern", "Bern"));
        Validity validity = Validity.Of(Real, synthetic);
        Assert.AreEqual(1 / 3.0, validity.Rows, 1e-12);
        Assert.AreEqual(2 / 3.0, validity.Columns[0].Valid, 1e-12);
    }

    [TestMethod]
    public void NumbersThatAreNotRounded_NeedNotBe_AndCategoriesHaveNoRange()
    {
        Table real = Sample.Of(Sample.Numbers("x", Math.PI * 1e-5, 1)), synthetic = Sample.Of(Sample.Numbers("x", Math.E / 3));
        Assert.AreEqual(1, Validity.Of(real, synthetic).Rows);
        Table classes = Sample.Of(Sample.Numbers("x", 1, 2, 3)), other = Sample.Of(Sample.Numbers("x", 2, 4));
        ColumnValidity column = Validity.Of(classes, other, new HashSet<string> { "x" }).Columns.Single();
        Assert.AreEqual(new ColumnValidity("x", InRange: 1, Known: 0.5, Rounded: 1, Present: 1, Valid: 0.5), column);
    }

    private static TableColumn WithFirst(TableColumn column, object? cell) => column is NumberColumn numbers
        ? Sample.Numbers(column.Name, [(double)cell!, .. numbers.Values[1..]])
        : Sample.Texts(column.Name, [(string?)cell, .. Enumerable.Range(1, column.Count - 1).Select(column.GetText)]);
}
