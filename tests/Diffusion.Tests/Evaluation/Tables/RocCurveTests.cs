using Diffusion.Evaluation.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class RocCurveTests
{
    [TestMethod]
    [DataRow(new[] { 1.0, 2, 3, 4 }, new[] { false, false, true, true }, 1.0)]
    [DataRow(new[] { 4.0, 3, 2, 1 }, new[] { false, false, true, true }, 0.0)]
    [DataRow(new[] { 7.0, 7, 7, 7 }, new[] { false, false, true, true }, 0.5)]
    [DataRow(new[] { 1.0, 3, 2, 4 }, new[] { false, false, true, true }, 0.75)]
    [DataRow(new[] { 1.0, 2, 2, 4 }, new[] { false, false, true, true }, 0.875)]
    [DataRow(new[] { 3.0, 1, 2 }, new[] { true, false, true }, 1.0)]
    public void TheArea_IsTheShareOfPairsInTheRightOrder(double[] scores, bool[] isOfKind, double expected)
        => Assert.AreEqual(expected, RocCurve.Area(scores, isOfKind), 1e-12);
}
