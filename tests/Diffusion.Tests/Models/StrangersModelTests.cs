using Diffusion.Cards;
using Diffusion.Onnx;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using static Diffusion.Tests.Support.StrangersModel;

namespace Diffusion.Tests.Models;

/// <summary>
/// Models from strangers: whoever opens them, they are refused with what was found where, and nothing that they name is touched.
/// </summary>
[TestClass]
public sealed class StrangersModelTests
{
    /// <summary>What refusing may allocate besides a few times the file: messages, and the runtime's own.</summary>
    private const long FixedMemory = 4 << 20;

    private static readonly Dictionary<string, (byte[] File, string Message)> Refused = new()
    {
        ["empty"] = (Array.Empty<byte>(), "it has no graph"),
        ["text"] = ("this is no model"u8.ToArray(), "is not an ONNX model, or it is damaged: field 14 has the unknown encoding 4"),
        ["zip"] = (Zip(), "is not an ONNX model, or it is damaged"),
        ["zeros"] = (new byte[100_000], "field number 0 is not valid"),
        ["header of 2 GB"] = (Wire.Header(7, 2_000_000_000), "field 7 needs 2000000000 bytes; found 0"),
        ["header of 16 EB"] = (Wire.Header(7, ulong.MaxValue), "field 7 needs 18446744073709551615 bytes; found 0"),
        ["number without end"] = (Enumerable.Repeat((byte)0xFF, 100).ToArray(), "a number is incomplete"),
        ["graph that is a number"] = (Wire.Number(7, 3), "graph is encoded as Varint"),
        ["functions behind a tag of 33 bits"] =
            (Wire.Network([], [0xCA, 0x81, 0x80, 0x80, 0x10, 0]), $"field number {(1 << 29) + 25} is not valid"),
        ["ONNX Runtime's own format"] =
            ([8, 0, 9, 0, .. "ORTM"u8, .. Wire.Network([])], "is in ONNX Runtime's own format (.ort); an .onnx file is required"),
        ["attribute that is no number"] = (
            Node("Constant", Wire.Field(
                5, Wire.Text(1, "value_floats"), Wire.Number(20, 6),
                Wire.Field(7, BitConverter.GetBytes(1f), BitConverter.GetBytes(float.NaN)))),
            "an attribute, value 2: expected a finite number; found NaN"),
        ["domain that clears a terminal"] =
            (Node("Add", Wire.Text(7, "evil\n\u001b[2J\u202Eok")), "operators of the domain 'evil\uFFFD\uFFFD[2J\uFFFDok'"),
        ["domain of a million letters"] = (Node("Add", Wire.Text(7, new string('x', 1_000_000))), "… xxx"),
        ["two graphs"] = (Wire.Network([], Wire.Field(7)), "the graph occurs twice"),
        ["external data"] =
            (Weight(Tensor([2], Float, Location("/etc/passwd"))), "tensor 'w': its values are in another file, which is not opened"),
        ["external place alone"] = (Weight(Tensor([2], Float, Wire.Number(14, 1))), "tensor 'w': its values are in another file"),
        ["external data of a constant"] = (Constant(Tensor([2], Float, Location("../secret"))), "its values are in another file"),
        ["external data deep down"] = (Nested(3, Tensor([2], Float, Location("x"))), "its values are in another file"),
        ["custom domain"] = (Node("Identity", Wire.Text(7, "evil.corp")), "has operators of the domain 'evil.corp'"),
        ["contributed domain"] = (Node("FusedMatMul", Wire.Text(7, "com.microsoft")), "has operators of the domain 'com.microsoft'"),
        ["functions"] = (Wire.Network([], Wire.Field(25, Wire.Text(1, "F"))), "has model-local functions"),
        ["noise of its own"] = (Node("RandomNormalLike"), "has the operator RandomNormalLike, which draws random numbers"),
        ["loop without end"] = (Node("Loop"), "has the operator Loop, which might not end"),
        ["nesting"] = (Nested(2_000, Tensor([1], Float, Wire.Field(9, new byte[4]))), "has more than 8 levels of nested graphs"),
        ["sparse weights"] = (Wire.Network(Wire.Field(15, Wire.Field(1))), "has sparse weights"),
        ["dimensions without numbers"] = (Weight(Tensor([1 << 20, 1 << 20], Float)), "its shape needs 1099511627776 values; found 0"),
        ["dimensions beyond all bounds"] = (
            Weight(Tensor([ulong.MaxValue, ulong.MaxValue, ulong.MaxValue], Float, Wire.Field(9, new byte[4]))),
            "its shape needs 18446744073709551615 values; found 1"),
        ["numbers without dimensions"] = (Weight(Tensor([], Float, Wire.Field(9, new byte[64]))), "its shape needs 1 values; found 16"),
        ["half a number"] =
            (Weight(Tensor([1], Float, Wire.Field(9, new byte[3]))), "tensor 'w': the length must be a multiple of 4 bytes; was 3"),
        ["numbers twice"] =
            (Weight(Tensor([1], Float, Wire.Field(9, new byte[4]), Wire.Field(9, new byte[4]))), "the raw data of a tensor occurs twice"),
        ["raw text"] = (Weight(Tensor([1], Text, Wire.Field(9, new byte[4]))), "tensor 'w': texts must not be raw data"),
        ["too few texts"] = (Weight(Tensor([2], Text, Wire.Text(6, "hello"))), "its shape needs 2 values; found 1. The file is damaged."),
        ["no type"] = (Weight(Tensor([1], 0, Wire.Field(9, new byte[4]))), "expected numbers or texts; found elements of type 0"),
        ["NaN"] = (Weight(Tensor([3], Float, Raw(1, float.NaN, 2))), "tensor 'w', value 2: expected a finite number; found NaN"),
        ["infinity"] = (
            Weight(Tensor([3], Float, Raw(1, 2, float.NegativeInfinity))),
            "tensor 'w', value 3: expected a finite number; found -Infinity"),
        ["NaN in a list"] = (
            Weight(Tensor([2], Float, Wire.Field(4, BitConverter.GetBytes(1f), BitConverter.GetBytes(float.NaN)))),
            "value 2: expected a finite number; found NaN"),
        ["NaN in double"] =
            (Weight(Tensor([1], Float64, Wire.Field(9, BitConverter.GetBytes(double.NaN)))), "expected a finite number; found NaN"),
        ["NaN in half"] =
            (Weight(Tensor([1], Float16, Wire.Number(5, BitConverter.HalfToUInt16Bits(Half.NaN)))), "expected a finite number; found NaN"),
        ["NaN in a constant"] = (Constant(Tensor([1], Float, Raw(float.NaN))), "expected a finite number; found NaN"),
        ["sequence for a timestep"] = (OfSequence(input: true), "timestep must be float32"),
        ["sequence for a prediction"] = (OfSequence(input: false), "out_sample must be float32"),
        ["dimension without end"] = (Changed(dimension: 1L << 40), "4096"),
        ["another dimension"] = (Changed(dimension: 3), "has the dimension 3, but its model card says 2"),
        ["JSON without end"] = (WithMetadata("diffusion.data", string.Concat(Enumerable.Repeat("{\"name\":", 5_000))), "diffusion.data"),
        ["arrays in arrays"] = (WithMetadata("diffusion.data", new string('[', 100_000)), "diffusion.data"),
        ["name that leads elsewhere"] = (
            WithMetadata("diffusion.data", """{"kind":"points","name":"../../etc/cron.d/x","shape":[2]}"""),
            "a plain word without slashes"),
        ["zero in a name"] = (
            Wire.Network([], Wire.Field(14, Wire.Text(1, "a\0b"), Wire.Text(2, "x"))),
            "the metadata entry 'a?b' has a null character in its name"),
        ["scale beyond float"] =
            (WithMetadata("diffusion.data", """{"kind":"table","name":"x","shape":[2],"scale":[1e300,1]}"""), "every scale"),
        ["schedule of a billion steps"] =
            (WithMetadata("diffusion.scheduler", """{"num_train_timesteps":1000000000}"""), "between 2 and 1000000"),
    };

    /// <summary>What the sampler, which takes images as well as points, says otherwise.</summary>
    private static readonly Dictionary<string, string> RefusedBySampler = new()
    {
        ["dimension without end"] = "sample must be float32 [n, d] or [n, c, h, w], n dynamic and the others fixed; was float32 [n, 0]",
        ["another dimension"] = "takes samples of the shape [3], but its model card says [2]",
    };

    public static IEnumerable<string> Names => Refused.Keys;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void AFileThatAsksForMoreThanComputing_IsRefused_ByAllWhoOpenIt(string name)
    {
        (byte[] file, string message) = Refused[name];
        foreach ((string who, Action<byte[]> open) in Readers)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            DiffusionException refusal = Assert.ThrowsExactly<DiffusionException>(() => open(file), $"{name}, {who}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            StringAssert.Contains(refusal.Message, who == "sampler" ? RefusedBySampler.GetValueOrDefault(name, message) : message, who);
            StringAssert.StartsWith(refusal.Message, "'stranger'", who);
            Assert.IsLessThan(FixedMemory + (20L * file.Length), allocated, $"{name}, {who}");
        }
    }

    [TestMethod]
    [Timeout(30_000)]
    public void InputsByTheTenThousand_AreRefusedInTime()
    {
        const int Inputs = 50_000;
        byte[] file = Wire.Network([.. Enumerable.Range(0, Inputs).SelectMany(k => (byte[])
        [
            .. Wire.Field(11, Wire.Text(1, $"i{k}")),
            .. Wire.Field(5, Wire.Number(1, 1), Wire.Number(2, Float), Wire.Text(8, $"w{k}"), Raw(k)),
        ])]);
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => NetworkFile.Read(file, "stranger")).Message, "has the inputs");
    }

    [TestMethod]
    public void WhatTheRefusedFilesAreMadeFrom_IsAGoodModel()
    {
        byte[] file = Weight(Tensor([2], Float, Raw(1, float.MaxValue)));
        using DiffusionSampler sampler = DiffusionSampler.Load(file);
        Assert.AreEqual(1, sampler.Sample(new SamplingJob { Count = 1, Plan = sampler.CreatePlan(steps: 1) }).Count);
        using DiffusionSampler bounded = DiffusionSampler.Load(Constant(Tensor([1], Float, Raw(float.PositiveInfinity))));
        using DiffusionSampler nested = DiffusionSampler.Load(Node("Identity", Wire.Text(7, "ai.onnx")));
    }

    [TestMethod]
    public void ANetworkWhoseAnswersAreNoNumbers_StopsWithRowAndTimestep()
    {
        GraphBuilder graph = new("overflow");
        string points = graph.Input("sample", "n", 2);
        string late = graph.Apply("Exp", graph.Apply("Sub", graph.Scalar("offset", 600), graph.Input("timestep", "m")));
        graph.Output(graph.Apply("Mul", points, late), "out_sample", "n", 2);
        using DiffusionSampler sampler = DiffusionSampler.Load(graph.ToModel(MixturePredictor.Card.ToMetadata()));
        SamplingJob job = new() { Count = 10, Plan = SamplingPlan.At(sampler.Card.Schedule, new Ddim(), [999, 700, 500, 300]) };
        ExecutionOptions execution = new() { Threads = 2, ChunkSize = 3 };
        string expected = "Row 3 of 4, at timestep 500, gives points that are not finite";
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(job, execution)).Message, expected);
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => sampler.Frames(job, execution).Last()).Message, expected);
        SamplingJob one = new() { Count = 2, Plan = SamplingPlan.At(sampler.Card.Schedule, new Ddim(), [999]) };
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => sampler.LogLikelihood(sampler.Sample(one))).Message, "is not finite");
    }

    [TestMethod]
    public void MemoryThatIsNotThere_IsSaidInOneLine()
    {
        GraphBuilder graph = new("huge");
        string points = graph.Input("sample", "n", 2);
        string shape = graph.Apply("Mul", graph.Apply("Shape", graph.Input("timestep", "m")), graph.Constant("factor", [1L << 46], 1));
        string sum = graph.Apply("ReduceSum", [("keepdims", 0)], graph.Apply("ConstantOfShape", shape));
        graph.Output(graph.Apply("Add", points, sum), "out_sample", "n", 2);
        using DiffusionSampler sampler = DiffusionSampler.Load(
            graph.ToModel(MixturePredictor.Card.ToMetadata()), new ModelOptions { Name = "huge" });
        Assert.AreEqual(
            $"'huge' cannot be run: it needs {1L << 48} bytes of memory at once, which are not available.",
            Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(1)).Message);
    }

    private static IEnumerable<(string Who, Action<byte[]> Open)> Readers =>
    [
        ("sampler", file => DiffusionSampler.Load(file, new ModelOptions { Name = "stranger" }).Dispose()),
        ("compiler", file =>
        {
            NetworkFile network = NetworkFile.Read(file, "stranger");
            network.RequireDimension(ModelCard.FromMetadata(network.Metadata, "stranger"));
        }),
    ];
}
