using Diffusion.Randomness;

namespace Diffusion.Tests.Randomness;

[TestClass]
public sealed class PermutationTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(1000)]
    public void EveryNumber_IsThereOnce(int count)
        => CollectionAssert.AreEqual(Enumerable.Range(0, count).ToArray(), Permutation.Of(count, 1, RandomDomain.Choice).Order().ToArray());

    [TestMethod]
    public void EveryOrder_IsAsLikelyAsAnyOther()
    {
        const int Draws = 24_000;
        int[] counts = [.. Enumerable.Range(0, Draws)
            .GroupBy(k => string.Concat(Permutation.Of(4, seed: 5, RandomDomain.Choice, (uint)k)))
            .Select(group => group.Count())];
        Assert.HasCount(24, counts);
        foreach (int count in counts)
        {
            Assert.AreEqual(1000, count, 4.5 * Math.Sqrt(1000));
        }
    }
}
