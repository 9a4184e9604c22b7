using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Tests.Solvers;

[TestClass]
public sealed class TableauTests
{
    private static readonly TableauRow Last = new() { Level = new NoiseLevel(0, 0.9999), NextLevel = NoiseLevel.Clean, A = 1, C = [-1] };

    [TestMethod]
    public void Rows_ThatMakeNoSense_AreRefused()
    {
        TableauRow[][] wrong =
        [
            [],
            [Last with { S = 0.1 }],
            [Last with { EndsStep = false }],
            [Last with { A = double.NaN }],
            [Last with { C = [double.PositiveInfinity] }],
            [Last with { C = [] }],
            [Last with { C = [1, 1] }],
        ];
        foreach (TableauRow[] rows in wrong)
        {
            Assert.ThrowsExactly<ArgumentException>(() => new Tableau(rows));
        }
    }

    [TestMethod]
    public void Steps_CountTheRowsThatEndOne()
    {
        Tableau tableau = new([Last with { EndsStep = false }, Last, Last with { C = [1, 1, 1] }]);
        Assert.AreEqual(2, tableau.Steps);
        Assert.AreEqual(3, tableau.HistoryLength);
    }
}
