using Diffusion.TorchExport;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>Every layer gives the same in Torch and in ONNX Runtime, for random shapes, attributes and weights.</summary>
[TestClass]
public sealed class LayerTests
{
    private const int CasesOfEach = 6;

    /// <summary>What draws a case of each layer.</summary>
    private static readonly Dictionary<Type, Func<CaseDraw, Layer>> Layers = new()
    {
        [typeof(Linear)] = d => { d.X = [.. d.X, 4]; return Linear(4, d.Whole(1, 5), hasBias: d.Whole(0, 1) == 1); },
        [typeof(Embedding)] = d => { d.Values(InputValues.Indices(6)); return Embedding(6, d.Whole(1, 5)); },
        [typeof(Conv2d)] = d =>
        {
            int groups = d.Whole(1, 2);
            d.Shapes(["n", 4, d.Whole(5, 8), "w"]);
            int padding = d.Whole(0, 1);
            return Conv2d(4, 2 * groups, d.Whole(1, 3), d.Whole(1, 2), padding, d.Whole(1, 2), groups: groups, bias: d.Whole(0, 1) == 1);
        },
        [typeof(AvgPool2d)] = d => { d.Shapes(["n", 3, 8, "w"]); return AvgPool2d(d.Whole(2, 3), d.Whole(1, 3), d.Whole(0, 1)); },
        [typeof(Upsample)] = d => { d.Shapes(["n", 3, 4, "w"]); return Upsample(scale_factor: [d.Whole(1, 3), d.Whole(1, 3)]); },
        [typeof(LayerNorm)] = d =>
        {
            d.X = [.. d.X, 4, 3];
            return LayerNorm(d.Whole(0, 1) == 1 ? [3] : [4, 3], elementwise_affine: d.Whole(0, 1) == 1);
        },
        [typeof(GroupNorm)] = d => { d.Shapes(["n", 6, .. d.X[1..], 5]); return GroupNorm(d.Whole(1, 3), 6, affine: d.Whole(0, 1) == 1); },
        [typeof(SiLU)] = d => SiLU(),
        [typeof(ReLU)] = d => ReLU(),
        [typeof(Tanh)] = d => Tanh(),
        [typeof(Sigmoid)] = d => Sigmoid(),
        [typeof(Softmax)] = d => Softmax(d.Axis()),
        [typeof(Dropout)] = d => Dropout(),
        [typeof(Identity)] = d => Identity(),
        [typeof(Sequential)] = d =>
        {
            d.Shapes(["n", 4]);
            return Sequential(Linear(4, 3), SiLU(), Sequential(Dropout(), Linear(3, d.Whole(1, 5))));
        },
    };

    public static IEnumerable<object[]> Cases
        => from type in Layers.Keys from seed in Enumerable.Range(0, CasesOfEach) select new object[] { type, seed };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void ALayer_IsTheSameInTorchAndOnnx(Type type, int seed)
    {
        CaseDraw draw = new(new Random(seed));
        Layer layer = Layers[type](draw);
        Assert.AreEqual(type, layer.GetType());
        using LayerModule module = new(layer);
        DrawWeights(module, (ulong)seed);
        OnnxExport.Build(module, o => o.Input("x", draw.XValues, draw.X).Sizes("w", 5, 9));
    }

    /// <summary>Guards the test above: a layer that the table does not have would not be tested.</summary>
    [TestMethod]
    public void EveryLayerWithAHandler_IsInTheTable() => CollectionAssert.AreEquivalent(new LayerHandlers().Types.ToArray(), Layers.Keys);

    [TestMethod]
    public void SettingsThatAHandlerDoesNotKnow_AreRefused()
    {
        foreach ((Layer layer, string reason) in new (Layer, string)[]
        {
            (Conv2d(4, 4, 3, padding: 1, padding_mode: PaddingModes.Reflect), "must be padded with zeros, by numbers."),
            (Conv2d(4, 4, 3, padding: Padding.Same), "must be padded with zeros, by numbers."),
            (AvgPool2d(3, ceil_mode: true), "must not have divisor_override or ceil_mode."),
            (Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear), "must have the mode nearest and a scale_factor."),
            (Upsample(size: [8, 8]), "must have the mode nearest and a scale_factor."),
        })
        {
            using LayerModule module = new(layer);
            DiffusionException refused = Assert.ThrowsExactly<DiffusionException>(
                () => OnnxExport.Build(module, o => o.Input("x", "n", 4, 8, 8)));
            Assert.AreEqual($"The module '_layer' of type {layer.GetType().FullName} {reason}", refused.Message);
        }
    }

    /// <summary>Torch leaves those of GroupNorm as it finds them in memory, and those of others would be 0 and 1.</summary>
    private static void DrawWeights(Module module, ulong seed)
    {
        using Generator generator = new(seed);
        using IDisposable noGradient = no_grad();
        foreach (Parameter parameter in module.parameters())
        {
            using Tensor drawn = randn(parameter.shape, generator: generator);
            parameter.copy_(drawn);
        }
    }
}
