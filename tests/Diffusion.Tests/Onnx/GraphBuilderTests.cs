using Diffusion.Onnx;
using Diffusion.Onnx.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Tests.Onnx;

[TestClass]
public sealed class GraphBuilderTests
{
    [TestMethod]
    public void Constants_WithAnotherNumberOfElements_AreRefused()
        => Assert.ThrowsExactly<ArgumentException>(() => new GraphBuilder("test").Constant("w", [1f, 2f, 3f], 2, 2));

    /// <summary>Attributes of each kind, as ONNX writes them.</summary>
    [TestMethod]
    public void Attributes_AreWrittenByTheirKind()
    {
        GraphBuilder graph = new("test");
        graph.Apply(
            "Any",
            [
                ("integer", 3), ("float", 0.5f), ("text", "süß"), ("integers", new long[] { 1, -2 }), ("floats", new[] { 1.5f, 2 }),
                ("texts", new[] { "a", "b" }),
            ]);
        ModelProto model = ModelProto.Parser.ParseFrom(graph.ToModel(new Dictionary<string, string>()));
        AttributeProto[] found = [.. model.Graph.Node.Single().Attribute];
        CollectionAssert.AreEqual(
            new[] { "integer", "float", "text", "integers", "floats", "texts" }, found.Select(attribute => attribute.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "Int", "Float", "String", "Ints", "Floats", "Strings" },
            found.Select(attribute => attribute.Type.ToString()).ToArray());
        Assert.AreEqual(3, found[0].I);
        Assert.AreEqual(0.5f, found[1].F);
        Assert.AreEqual("süß", found[2].S.ToStringUtf8());
        CollectionAssert.AreEqual(new long[] { 1, -2 }, found[3].Ints);
        CollectionAssert.AreEqual(new[] { 1.5f, 2 }, found[4].Floats);
        CollectionAssert.AreEqual(new[] { "a", "b" }, found[5].Strings.Select(text => text.ToStringUtf8()).ToArray());
    }

    /// <summary>Doubling by Resize needs a text, leaking a float, and the mean a list: ONNX Runtime takes all three.</summary>
    [TestMethod]
    public void Attributes_AreUnderstoodByOnnxRuntime()
    {
        GraphBuilder graph = new("test");
        string x = graph.Apply("LeakyRelu", [("alpha", 0.25f)], graph.Input("x", 1, "n"));
        string twice = graph.Apply("Resize", [("mode", "nearest")], x, "", graph.Constant("scales", [1f, 2f], 2));
        graph.Output(graph.Apply("ReduceMean", [("axes", new long[] { 0, 1 }), ("keepdims", 0)], twice), "y");
        using InferenceSession session = new(graph.ToModel(new Dictionary<string, string>()));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory([-4f, 2, 5], [1, 3]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["x"], [input], ["y"]);
        Assert.AreEqual(2, outputs[0].GetTensorDataAsSpan<float>()[0], 1e-6);
    }

    [TestMethod]
    public void Attributes_WithoutAValue_OrGivenTwice_AreRefused()
    {
        GraphBuilder graph = new("test");
        string x = graph.Input("x", 1);
        foreach ((string, AttributeValue)[] wrong in new (string, AttributeValue)[][] { [("axis", null!)], [("axis", 1), ("axis", 0)] })
        {
            ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(() => graph.Apply("Concat", wrong, x));
            StringAssert.StartsWith(refused.Message, "The attribute axis of Concat must have one value.");
        }
    }

    [TestMethod]
    public void AnAxis_IsALengthOrASymbol()
    {
        Axis length = 3;
        Axis symbol = "n";
        Assert.AreEqual((3L, null), (length.Length, length.Symbol));
        Assert.AreEqual((null, "n"), (symbol.Length, symbol.Symbol));
    }
}
