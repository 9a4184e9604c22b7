using System.Text;

namespace Diffusion.Files.Models;

/// <summary>
/// Looks through an .onnx file before anything opens it. A model from a stranger may compute, and nothing else: it names
/// no other file, brings no operators of its own, repeats nothing without end, and its weights are the finite numbers
/// that its dimensions announce. Takes time and memory in proportion to the file (format: onnx/onnx.proto).
/// </summary>
public static class ModelFileCheck
{
    /// <summary>How deep graphs may lie within graphs; a compiled sampler has one within another.</summary>
    private const int DeepestGraph = 8;

    /// <summary>The one operator that may run for as long as it likes.</summary>
    private const string EndlessOperator = "Loop";

    /// <summary>
    /// The operators that give other numbers each time: all noise comes from the sampler, so that a seed says what comes out.
    /// </summary>
    private static readonly string[] RandomOperators =
    [
        "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike",
    ];

    /// <summary>
    /// Where these bytes stand, ONNX Runtime takes the file for one of its own format, whatever else it may be
    /// (onnxruntime/core/flatbuffers/schema/ort.fbs).
    /// </summary>
    private const int OwnFormatAt = 4;
    private static ReadOnlySpan<byte> OwnFormat => "ORTM"u8;

    /// <summary>Refuses a file that asks for more than computing.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="DiffusionException">The bytes are no model, or one that is not opened; the
    /// message says what was found where.</exception>
    public static void Require(ReadOnlySpan<byte> model, string source)
    {
        try
        {
            CheckModel(model, source);
        }
        catch (FormatException exception)
        {
            throw new DiffusionException($"'{source}' is not an ONNX model, or it is damaged: {exception.Message}.", exception);
        }
    }

    private static void CheckModel(ReadOnlySpan<byte> model, string source)
    {
        const int graph = 7, metadata = 14, functions = 25;
        if (model.Length >= OwnFormatAt + OwnFormat.Length && model[OwnFormatAt..].StartsWith(OwnFormat))
        {
            throw new DiffusionException(
                $"'{source}' is in ONNX Runtime's own format (.ort); an .onnx file is required. Export the model as .onnx.");
        }

        ProtobufReader field = new(model);
        bool hasGraph = false;
        while (field.Next())
        {
            switch (field.Number)
            {
                case graph:
                    RequireFirst(ref hasGraph, "graph");
                    CheckGraph(Message(field, "graph"), source, depth: 1);
                    break;
                case metadata:
                    CheckMetadata(Message(field, "metadata"));
                    break;
                case functions:
                    throw new DiffusionException(
                        $"'{source}' has model-local functions; only standard operators are supported. "
                            + $"Inline the functions (onnx.inliner) or export the model without them.");
            }
        }

        if (!hasGraph)
        {
            throw new FormatException("it has no graph");
        }
    }

    /// <summary>Keys go through functions that end at a zero, and would come out as others.</summary>
    private static void CheckMetadata(ReadOnlySpan<byte> message)
    {
        const int key = 1;
        ProtobufReader field = new(message);
        while (field.Next())
        {
            if (field.Number == key && Message(field, "key").Contains((byte)0))
            {
                throw new FormatException($"the metadata entry '{Text(field).Replace('\0', '?')}' has a null character in its name");
            }
        }
    }

    private static void CheckGraph(ReadOnlySpan<byte> message, string source, int depth)
    {
        const int node = 1, initializer = 5, sparseInitializer = 15;
        if (depth > DeepestGraph)
        {
            throw new DiffusionException($"'{source}' has more than {DeepestGraph} levels of nested graphs, which is not supported.");
        }

        ProtobufReader field = new(message);
        while (field.Next())
        {
            switch (field.Number)
            {
                case node:
                    CheckNode(Message(field, "node"), source, depth);
                    break;
                case initializer:
                    TensorCheck.Require(Message(field, "initializer"), source, isWeight: true);
                    break;
                case sparseInitializer:
                    throw Sparse(source);
            }
        }
    }

    private static void CheckNode(ReadOnlySpan<byte> message, string source, int depth)
    {
        const int operatorType = 4, attribute = 5, domain = 7;
        if (BatchOperator.Find(message) is { } acrossSamples)
        {
            throw new DiffusionException(
                $"'{source}' has the operator {acrossSamples}, which makes a sample depend on the others of its batch; "
                    + $"a network must compute each sample independently. Export it in evaluation mode, without dynamic quantization.");
        }

        ProtobufReader field = new(message);
        while (field.Next())
        {
            switch (field.Number)
            {
                case operatorType when Text(field) == EndlessOperator:
                    throw new DiffusionException(
                        $"'{source}' has the operator {EndlessOperator}, which might not end. Export the network without it.");
                case operatorType when RandomOperators.Contains(Text(field)):
                    throw new DiffusionException(
                        $"'{source}' has the operator {Text(field)}, which draws random numbers; a network must be deterministic. "
                            + $"Export it without this operator.");
                case domain when Text(field) is not ("" or "ai.onnx") and var other:
                    throw new DiffusionException(
                        $"'{source}' has operators of the domain '{other}'; only the standard ONNX operators are supported. "
                            + $"Export the network without them.");
                case attribute:
                    CheckAttribute(Message(field, "attribute"), source, depth);
                    break;
            }
        }
    }

    private static void CheckAttribute(ReadOnlySpan<byte> message, string source, int depth)
    {
        const int number = 2, tensor = 5, graph = 6, numbers = 7, tensors = 10, graphs = 11, sparseTensor = 22, sparseTensors = 23;
        ProtobufReader field = new(message);
        bool hasTensor = false, hasGraph = false;
        while (field.Next())
        {
            switch (field.Number)
            {
                case number or numbers:
                    TensorCheck.RequireNumbers(field.Bytes, ElementType.Float, $"'{source}', an attribute", isWeight: false);
                    break;
                case tensor:
                    RequireFirst(ref hasTensor, "tensor of an attribute");
                    TensorCheck.Require(Message(field, "tensor"), source, isWeight: false);
                    break;
                case tensors:
                    TensorCheck.Require(Message(field, "tensor"), source, isWeight: false);
                    break;
                case graph:
                    RequireFirst(ref hasGraph, "graph of an attribute");
                    CheckGraph(Message(field, "graph"), source, depth + 1);
                    break;
                case graphs:
                    CheckGraph(Message(field, "graph"), source, depth + 1);
                    break;
                case sparseTensor or sparseTensors:
                    throw Sparse(source);
            }
        }
    }

    /// <summary>The content of a field that is a message.</summary>
    /// <exception cref="FormatException">It is encoded as something else.</exception>
    internal static ReadOnlySpan<byte> Message(ProtobufReader field, string name)
        => field.Kind == ProtobufKind.Bytes ? field.Bytes : throw new FormatException($"{name} is encoded as {field.Kind}");

    /// <summary>The content of a field that is text.</summary>
    /// <exception cref="FormatException">It is encoded as something else.</exception>
    internal static string Text(ProtobufReader field) => Encoding.UTF8.GetString(Message(field, "a string"));

    /// <summary>Two occurrences of a field would be merged by those who read the file, into something that was not looked at.</summary>
    /// <exception cref="FormatException">It is not the first.</exception>
    internal static void RequireFirst(ref bool found, string name)
        => found = found ? throw new FormatException($"the {name} occurs twice") : true;

    private static DiffusionException Sparse(string source)
        => new($"'{source}' has sparse weights; only dense weights are supported. Export the network without them.");
}
