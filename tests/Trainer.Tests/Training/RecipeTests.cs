using System.Runtime.InteropServices;
using Diffusion.Data.BuiltIn;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Tests.Training;

/// <summary>The recipes that a training run can follow.</summary>
[TestClass]
public sealed class RecipeTests
{
    [TestMethod]
    public void TheLabsRecipe_IsThatOfTheLab()
    {
        Recipe lab = Recipe.Find("lab");
        EpsilonMlpOptions network = lab.Network(2);
        Assert.AreEqual((64, TimeInput.Index, 0, false), (network.Width, network.TimeInput, network.InputFrequencies, network.SkipOutput));
        Assert.AreEqual((100, 256, 1_000, 0.0), (lab.Training.Iterations, lab.Training.Batch, lab.Points, lab.Training.Ema));
        Assert.AreEqual(
            "There is no recipe 'x'. Choose one of: default, lab.",
            Assert.ThrowsExactly<DiffusionException>(() => Recipe.Find("x")).Message);
    }

    [TestMethod]
    public void TheLabsBatches_AreDrawnAtRandom_FromAllOfItsPoints()
    {
        const int Batches = 40;
        Recipe lab = Recipe.Find("lab");
        int count = lab.Points!.Value;
        int batch = lab.Training.Batch;
        IBatchSource source = lab.Draw(TrainingData.Open(new DataRequest("2gmm") { Points = count, Seed = 3 })).Source;
        Dictionary<(float, float), int> times = Pairs(KnownDataSets.Find("2gmm").Draw(count, seed: 3).Values).ToDictionary(
            point => point, _ => 0);
        (float, float)[] drawn = Pairs(Fill(3, 0, Batches * batch));
        foreach ((float, float) point in drawn)
        {
            times[point]++;
        }

        // Of n independent draws from N points, N·(1 − (1 − 1/N)ⁿ) are expected to differ: 226 of a batch, 641 of the first four.
        foreach (int draws in new[] { batch, 4 * batch })
        {
            double expected = count * (1 - Math.Pow(1 - (1.0 / count), draws));
            Assert.AreEqual(expected, drawn.Take(draws).Distinct().Count(), 4 * Math.Sqrt(count) / 2);
        }

        // χ² with N − 1 degrees of freedom: mean N − 1, variance 2(N − 1).
        double mean = (double)drawn.Length / count;
        Assert.AreEqual(count - 1, times.Values.Sum(k => (k - mean) * (k - mean) / mean), 4 * Math.Sqrt(2 * (count - 1)));
        CollectionAssert.AreEqual(Pairs(Fill(3, 7 * batch, batch)), drawn[(7 * batch)..(8 * batch)]);
        CollectionAssert.AreNotEqual(drawn[..batch], drawn[batch..(2 * batch)]);
        CollectionAssert.AreNotEqual(Pairs(Fill(4, 0, batch)), drawn[..batch]);

        float[] Fill(ulong seed, int first, int points) => source.Draw(seed, first, points).Samples.Values.ToArray();

        static (float, float)[] Pairs(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, (float, float)>(values).ToArray();
    }
}
