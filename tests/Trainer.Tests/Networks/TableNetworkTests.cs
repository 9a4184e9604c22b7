using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Tables;
using Diffusion.Time;
using Diffusion.Training.Data.Tables;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;
using Diffusion.Training.Tests.Data.Tables;
using static TorchSharp.torch;

namespace Diffusion.Training.Tests.Networks;

/// <summary>The network of tables against closed forms.</summary>
[TestClass]
public sealed class TableNetworkTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    /// <summary>A network that says nothing, as all its last weights are 0, gives the exact answer for a table of one category: ε̂ of the
    /// posterior mean, computed here by Bayes' rule.</summary>
    [TestMethod]
    public void WithoutAnyWeights_ACategoryIsDenoisedExactly()
    {
        int[] counts = [50, 30, 15, 5, 5];
        int[] codes = [.. counts.SelectMany((count, k) => Enumerable.Repeat(k, count))];
        TableSpec spec = TableFit.Fit(new Table([new TextColumn("c", codes, ["a", "b", "c", "d", "e"])])).Spec;
        CategoryCode code = ((CategoryBlock)spec.Layout.Blocks[0].Block).Code;
        using TableNetwork network = new(spec, Schedule, seed: 1);
        Silence(network);
        Random random = new(3);
        foreach (double timestep in new[] { 0.0, 20, 250.5, 600, 999 })
        {
            NoiseLevel level = Schedule.At(timestep);
            for (int trial = 0; trial < 20; trial++)
            {
                double[] x = [.. Enumerable.Range(0, code.Width).Select(_ => (random.NextDouble() * 4) - 2)];
                double[] logs = [.. Enumerable.Range(0, code.Count)
                    .Select(k => code.LogShares[k] - (DistanceTo(k) / 2 / (level.Noise * level.Noise)))];
                double[] weights = [.. logs.Select(log => Math.Exp(log - logs.Max()))];
                float[] predicted = Predict(network, x, timestep, new float[x.Length], new float[x.Length]);
                for (int j = 0; j < x.Length; j++)
                {
                    double clean = Enumerable.Range(0, code.Count).Sum(k => weights[k] * code.Encode(k)[j]) / weights.Sum();
                    double epsilon = (x[j] - (level.Signal * clean)) / level.Noise;
                    Assert.AreEqual(epsilon, predicted[j], 2e-3 * (1 + Math.Abs(epsilon)), $"timestep {timestep}");
                }

                double DistanceTo(int k) => x.Select((value, j) => Math.Pow(value - (level.Signal * code.Encode(k)[j]), 2)).Sum();
            }
        }
    }

    /// <summary>For a number, a network that says nothing gives √(1−ᾱ)·x: exact for data that are standard normal.</summary>
    [TestMethod]
    public void WithoutAnyWeights_ANumberIsDenoisedAsNormal()
    {
        TableSpec spec = TableFit.Fit(new Table([new NumberColumn("x", [.. Enumerable.Range(0, 100).Select(i => i * 0.37)])])).Spec;
        using TableNetwork network = new(spec, Schedule, seed: 1);
        Silence(network);
        Assert.AreEqual(Schedule.At(300).Noise * 1.7, Predict(network, [1.7], 300, [0], [0])[0], 1e-5);
    }

    /// <summary>What is given is what ε̂ leads to, and the network sees it instead of the noisy value.</summary>
    [TestMethod]
    public void GivenCells_AreTakenAsTheyAre()
    {
        Table table = RandomTable.Create(400, 1);
        TableSpec spec = TableFit.Fit(table).Spec;
        using TableNetwork network = new(spec, Schedule, seed: 2);
        float[] clean = new TableRows(spec, table).Draw(1, 0, 1).Samples.Values.ToArray();
        float[] mask = [.. Enumerable.Range(0, clean.Length).Select(k => k % 3 == 0 ? 1f : 0f)];
        float[] given = [.. clean.Zip(mask, (value, isGiven) => value * isGiven)];
        double[] noisy = [.. Enumerable.Range(0, clean.Length).Select(k => Math.Sin(k))];
        NoiseLevel level = Schedule.At(500);
        float[] predicted = Predict(network, noisy, 500, given, mask);
        double[] other = [.. noisy.Zip(mask, (value, isGiven) => isGiven == 1 ? value + 5 : value)];
        float[] otherwise = Predict(network, other, 500, given, mask);
        for (int k = 0; k < clean.Length; k++)
        {
            if (mask[k] == 1)
            {
                Assert.AreEqual(clean[k], (noisy[k] - (level.Noise * predicted[k])) / level.Signal, 1e-4);
            }
            else
            {
                Assert.AreEqual(predicted[k], otherwise[k]);
            }
        }
    }

    /// <summary>The proof of the export compares both; tables of numbers alone, of categories alone, and of both.</summary>
    [TestMethod]
    [DataRow("whole,real")]
    [DataRow("color,gap,few")]
    [DataRow("gaps")]
    [DataRow("")]
    public void TorchAndOnnx_Agree(string names)
    {
        Table all = RandomTable.Create(500, 3);
        Table table = names.Length == 0 ? all : new Table([.. all.Columns.Where(column => names.Split(',').Contains(column.Name))]);
        TableSpec spec = TableFit.Fit(table).Spec;
        using TableNetwork network = new(spec, Schedule, seed: 4);
        ModelCard card = CardOf(spec);
        Assert.IsLessThan(1e-4, ModelExport.Save(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx"), network, card));
        using DiffusionSampler sampler = DiffusionSampler.Load(ModelExport.Build(network, card));
        Table drawn = sampler.SampleTable(20, seed: 1);
        CollectionAssert.AreEqual(
            spec.Columns.Select(column => column.Name).ToArray(), drawn.Columns.Select(column => column.Name).ToArray());
    }

    /// <summary>The loss of a network that says nothing, on one category, is its entropy given x_t: never above that of the shares, and
    /// that of the shares where there is only noise.</summary>
    [TestMethod]
    public void TheLoss_OfANetworkThatSaysNothing_IsKnown()
    {
        int[] codes = [.. Enumerable.Range(0, 1_000).Select(i => i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2)];
        Table table = new([new TextColumn("c", codes, ["a", "b", "c"])]);
        TableSpec spec = TableFit.Fit(table).Spec;
        using TableNetwork network = new(spec, Schedule, seed: 1);
        Silence(network);
        SampleBatch clean = new TableRows(spec, table).Draw(1, 0, 1_000).Samples;
        double entropy = -((0.7 * Math.Log(0.7)) + (0.2 * Math.Log(0.2)) + (0.1 * Math.Log(0.1)));
        Assert.AreEqual(entropy, LossAt(999, open: true), 0.02);
        Assert.IsLessThan(0.01, LossAt(0, open: true));
        Assert.AreEqual(0, LossAt(999, open: false), 1e-6, "Given cells cost nothing.");

        double LossAt(int timestep, bool open)
        {
            Tensor x0 = tensor(clean.Values.ToArray(), [1_000, spec.Dimension]);
            Tensor noise = randn([1_000, spec.Dimension]);
            NoiseLevel level = Schedule.At(timestep);
            Tensor noisy = (x0 * level.Signal) + (noise * level.Noise);
            Tensor mask = open ? zeros_like(x0) : ones_like(x0);
            TrainingTensors batch = new(
                noisy, x0, noise, full([1_000], timestep, int64), new TensorConditions(null, x0 * mask, mask), noise, ones([1_000, 1]));
            return network.Loss(batch, network.Level(full([1_000], (float)timestep))).item<float>();
        }
    }

    private static ModelCard CardOf(TableSpec spec) => new()
    {
        Schedule = Schedule,
        Conditions = new ConditionSignature(TakesGiven: true),
        Data = new DataInfo { Name = "t", Dimension = spec.Dimension, Table = spec },
        Sampling = TableRecipe.Sampling,
    };

    private static float[] Predict(TableNetwork network, double[] x, double timestep, float[] given, float[] mask)
    {
        long[] shape = [1, x.Length];
        return network.Predict(
            tensor(Array.ConvertAll(x, value => (float)value), shape),
            network.Level(tensor(new[] { (float)timestep })),
            new TensorConditions(null, tensor(given, shape), tensor(mask, shape))).data<float>().ToArray();
    }

    /// <summary>Sets the last layer to 0.</summary>
    private static void Silence(TableNetwork network)
    {
        using (no_grad())
        {
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
            {
                if (name.StartsWith("_output", StringComparison.Ordinal))
                {
                    parameter.zero_();
                }
            }
        }
    }
}
