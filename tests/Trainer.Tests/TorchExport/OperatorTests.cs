using Diffusion.TorchExport;
using static TorchSharp.torch;
using Operator = System.Func<dynamic, dynamic, dynamic, dynamic>;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>Every operator gives the same in Torch and in ONNX Runtime, for random shapes and attributes.</summary>
[TestClass]
public sealed class OperatorTests
{
    private const int CasesOfEach = 6;
    private const string WithNumber = " number";

    private static readonly InputValues Positive = InputValues.Uniform(0.1, 9);
    private static readonly Lazy<Tensor> Table = new(() => randn(5, 3).DetachFromDisposeScope());

    /// <summary>The operators by their names in <see cref="IValue{T}"/> and <see cref="INet{T}"/>: what draws a case of each.</summary>
    private static readonly Dictionary<string, Func<CaseDraw, Operator>> Operators = new()
    {
        ["op_Addition"] = d => (net, x, y) => x + y,
        ["op_Subtraction"] = d => (net, x, y) => y - x,
        ["op_Multiply"] = d => (net, x, y) => x * y,
        ["op_Division"] = d => { d.Values(InputValues.Normal(), Positive); return (net, x, y) => x / y; },
        ["op_Addition number"] = d => { double k = d.Number(); return (net, x, y) => x + k; },
        ["op_Subtraction number"] = d => { double k = d.Number(); return (net, x, y) => x - k; },
        ["op_Multiply number"] = d => { double k = d.Number(); return (net, x, y) => x * k; },
        ["op_Division number"] = d => { double k = d.Number(); return (net, x, y) => x / k; },
        ["op_UnaryNegation"] = d => (net, x, y) => -x,
        ["Sin"] = d => (net, x, y) => x.Sin(),
        ["Cos"] = d => (net, x, y) => x.Cos(),
        ["Exp"] = d => (net, x, y) => x.Exp(),
        ["Log"] = d => { d.Values(Positive); return (net, x, y) => x.Log(); },
        ["Sqrt"] = d => { d.Values(Positive); return (net, x, y) => x.Sqrt(); },
        ["Rsqrt"] = d => { d.Values(Positive); return (net, x, y) => x.Rsqrt(); },
        ["Reciprocal"] = d => { d.Values(Positive); return (net, x, y) => x.Reciprocal(); },
        ["Abs"] = d => (net, x, y) => x.Abs(),
        ["Sigmoid"] = d => (net, x, y) => x.Sigmoid(),
        ["Silu"] = d => (net, x, y) => x.Silu(),
        ["Relu"] = d => (net, x, y) => x.Relu(),
        ["Tanh"] = d => (net, x, y) => x.Tanh(),
        ["Floor"] = d => (net, x, y) => x.Floor(),
        ["Clamp"] = d => { double k = d.Number(); return (net, x, y) => x.Clamp(k, k + 1.5); },
        ["ToInt64"] = d => { d.Values(InputValues.Uniform(0, 4.9)); return (net, x, y) => net.Constant(Table.Value).Gather(x.ToInt64()); },
        ["Softmax"] = d => { int axis = d.Axis(); return (net, x, y) => x.Softmax(axis); },
        ["Sum"] = d => { long[] axes = d.Axes(); bool keep = d.Whole(0, 1) == 1; return (net, x, y) => x.Sum(axes, keep); },
        ["Mean"] = d => { long[] axes = d.Axes(); bool keep = d.Whole(0, 1) == 1; return (net, x, y) => x.Mean(axes, keep); },
        ["MatMul"] = d => { d.Shapes([.. d.X, 3, 4], [4, d.Whole(1, 5)]); return (net, x, y) => x.MatMul(y); },
        ["Gather"] = d => { d.Values(InputValues.Indices(5)); return (net, x, y) => net.Constant(Table.Value).Gather(x); },
        ["Unsqueeze"] = d => { int axis = d.Whole(-d.X.Length - 1, d.X.Length); return (net, x, y) => x.Unsqueeze(axis); },
        ["Squeeze"] = d => { d.Shapes(["n", 1, 3]); int axis = d.Whole(0, 1) == 0 ? 1 : -2; return (net, x, y) => x.Squeeze(axis); },
        ["Narrow"] = d => { d.Shapes(["n", 7]); int k = d.Whole(0, 4); return (net, x, y) => x.Narrow(k % 2 == 0 ? 1 : -1, k, k % 3 + 1); },
        ["Reshape"] = d => { d.Shapes(["n", 6, 2]); long k = d.Whole(1, 4); return (net, x, y) => x.Reshape(new[] { -1, 12 / k, k }); },
        ["Flatten"] = d => { d.Shapes([.. d.X, 3]); return (net, x, y) => x.Flatten(); },
        ["Permute"] = d => { long[] order = d.Order(d.X.Length); return (net, x, y) => x.Permute(order); },
        ["Constant"] = d => { d.Shapes(["n", 3]); return (net, x, y) => x.MatMul(net.Constant(Table.Value.t())); },
        ["Concat"] = d => { int axis = d.Axis(); return (net, x, y) => Joined(net, axis, x, x.Sin()); },
    };

    public static IEnumerable<object[]> Cases
        => from name in Operators.Keys from seed in Enumerable.Range(0, CasesOfEach) select new object[] { name, seed };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void AnOperator_IsTheSameInTorchAndOnnx(string name, int seed)
    {
        CaseDraw draw = new(new Random(seed));
        Operator apply = Operators[name](draw);
        using OperatorModule module = new(apply);
        OnnxExport.Build(module, o => o.Input("x", draw.XValues, draw.X).Input("y", draw.YValues, draw.Y));
        Assert.AreEqual(module.Ranks.Tensor, module.Ranks.Graph);
    }

    /// <summary>Guards the test above: an operator that the table does not have would not be tested. Layers have their own.</summary>
    [TestMethod]
    public void EveryOperator_IsInTheTable()
    {
        IEnumerable<string> values = typeof(IValue<TensorValue>).GetMethods().Select(
            method => method.Name + (method.IsStatic && method.GetParameters()[^1].ParameterType == typeof(double) ? WithNumber : ""));
        IEnumerable<string> nets = typeof(INet<TensorValue>).GetMethods()
            .Select(method => method.Name).Except([nameof(INet<TensorValue>.Apply)]);
        CollectionAssert.AreEquivalent(values.Concat(nets).ToArray(), Operators.Keys);
    }

    private static T Joined<T>(INet<T> net, int axis, T x, T y)
        where T : IValue<T> => net.Concat(axis, x, y);
}
