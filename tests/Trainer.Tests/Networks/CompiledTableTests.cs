using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Onnx.Compiling;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tables;
using Diffusion.Time;
using Diffusion.Training.Data.Tables;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;
using Diffusion.Training.Tests.Data.Tables;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Training.Tests.Networks;

/// <summary>Compiled samplers of tables with columns of every kind, as any program that runs ONNX sees them.</summary>
[TestClass]
public sealed class CompiledTableTests
{
    private const int Count = 300;
    private const int Steps = 12;

    private static readonly Table Rows = RandomTable.Create(500, 5);

    private static readonly TableSpec Spec = TableFit.Fit(Rows).Spec;

    private static readonly byte[] Network = Export();

    /// <summary>Random weights put samples everywhere, far out of the range of the columns as well.</summary>
    [TestMethod]
    public void TheOutputs_AreTheCellsOfTheLoop()
    {
        SampleBatch noise = Noise();
        using DiffusionSampler loop = DiffusionSampler.Load(Network);
        AssertEqual(loop.SampleTable(JobOf(loop, noise)), Run(Compile(), noise, []));
    }

    [TestMethod]
    public void GivenCells_AreEncodedAsTheLoopEncodesThem()
    {
        string[] columns = [.. GivenColumns.Possible(Spec).Select(column => column.Name)];
        Assert.Contains("end", columns, "A date that is counted from another one can be given.");
        Assert.DoesNotContain("warm", columns);
        SampleBatch noise = Noise();
        Table given = Rows.SelectRows([.. Enumerable.Range(0, Count)]);
        using DiffusionSampler loop = DiffusionSampler.Load(Network);
        ConditionBatch conditions = Spec.Give(given);

        // Of a missing cell nothing is given, as in rows that are to be filled.
        List<NamedOnnxValue> inputs = [];
        bool[][] masks = [.. columns.Select((name, k) => Enumerable.Range(0, Count)
            .Select(row => !given[name].IsMissing(row) && (row + k) % 3 > 0).ToArray())];
        int start = Array.IndexOf(columns, "start");
        for (int k = 0; k < columns.Length; k++)
        {
            CompiledColumn column = CompiledColumn.FromTable(Spec).Single(column => column.Column.Name == columns[k]);
            bool[] mask = column.Column.Name == "end" ? [.. masks[k].Zip(masks[start], (own, of) => own && of)] : masks[k];
            Open(conditions, column.Column, mask);
            inputs.Add(NamedOnnxValue.CreateFromTensor(column.Mask, Tensor(mask)));
            inputs.Add(column.Column is NumberColumnSpec
                ? NamedOnnxValue.CreateFromTensor(column.Given, Tensor(((NumberColumn)given[column.Column.Name]).Values.ToArray()))
                : NamedOnnxValue.CreateFromTensor(column.Given, Tensor(CodesOf((CategoryColumnSpec)column.Column, given))));
        }

        Table expected = loop.SampleTable(JobOf(loop, noise) with { Conditions = conditions });
        CollectionAssert.AreNotEqual(Texts(loop.SampleTable(JobOf(loop, noise))), Texts(expected), "What is given matters.");
        AssertEqual(expected, Run(Compile(columns), noise, inputs));
    }

    /// <summary>NaN that is given is a missing cell; a cell that is given comes out again.</summary>
    [TestMethod]
    public void GivenCells_ComeOutAgain_MissingOnesToo()
    {
        SampleBatch noise = Noise();
        double[] gaps = [.. Enumerable.Range(0, Count).Select(row => row % 2 == 0 ? double.NaN : 0.25)];
        bool[] mask = [.. Enumerable.Repeat(true, Count)];
        Dictionary<string, object> outputs = Run(
            Compile("gaps", "color"),
            noise,
            [
                NamedOnnxValue.CreateFromTensor("given.gaps", Tensor(gaps)),
                NamedOnnxValue.CreateFromTensor("given_mask.gaps", Tensor(mask)),
                NamedOnnxValue.CreateFromTensor("given.color", Tensor(new long[Count])),
                NamedOnnxValue.CreateFromTensor("given_mask.color", Tensor(mask)),
            ]);
        CollectionAssert.AreEqual(gaps, (double[])outputs["gaps"]);
        Assert.IsTrue(((string[])outputs["color"]).All(color => color == ((CategoryColumnSpec)Spec.Require("color")).Texts![0]));
    }

    [TestMethod]
    public void ACategoryThatIsNotThere_IsRefusedByTheRuntime()
    {
        OnnxRuntimeException refused = Assert.ThrowsExactly<OnnxRuntimeException>(() => Run(
            Compile("color"),
            Noise(),
            [
                NamedOnnxValue.CreateFromTensor("given.color", Tensor(Enumerable.Repeat(99L, Count).ToArray())),
                NamedOnnxValue.CreateFromTensor("given_mask.color", Tensor(Enumerable.Repeat(true, Count).ToArray())),
            ]));
        StringAssert.Contains(refused.Message, "out of data bounds");
    }

    [TestMethod]
    [DataRow("warm", "it follows from 'color'. Give 'color' instead")]
    [DataRow("same", "it is always the same")]
    [DataRow("end", "are counted from those of 'start'")]
    [DataRow("nothing", "has no column 'nothing'")]
    public void ColumnsThatCannotBeGiven_AreRefused(string column, string message)
        => StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => Compile(column)).Message, message);

    /// <summary>Columns may be called as the values of the file are.</summary>
    [TestMethod]
    public void NamesThatAreTaken_GetUnderscores()
    {
        string[] names = ["noise", "sample", "given.noise", "sampler/mul_0", "noise_"];
        Table table = new([.. names.Select(
            (name, k) => new NumberColumn(name, [.. Enumerable.Range(0, 200).Select(i => (double)(i * (k + 3) % 97))]))]);
        TableSpec spec = TableFit.Fit(table).Spec;
        IReadOnlyList<CompiledColumn> columns = CompiledColumn.FromTable(spec);
        string[] all = [.. columns.SelectMany(column => new[] { column.Output, column.Given, column.Mask }), "noise", "sample"];
        CollectionAssert.AllItemsAreUnique(all);
        byte[] network = ExportOf(spec);
        using CompiledSampler sampler = CompiledSampler.Load(CompileOf(network, [.. spec.Columns.Select(column => column.Name)]));
        using DiffusionSampler loop = DiffusionSampler.Load(network);
        SamplingJob job = new() { Count = 50, Seed = 3 };
        CollectionAssert.AreEqual(
            Texts(loop.SampleTable(job with { Plan = loop.CreatePlan(new Deis(), Steps) })), Texts(sampler.SampleTable(job)));
    }

    private static byte[] Export() => ExportOf(Spec);

    private static byte[] ExportOf(TableSpec spec)
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        using TableNetwork network = new(spec, schedule, seed: 6);
        return ModelExport.Build(network, new ModelCard
        {
            Schedule = schedule,
            Conditions = new ConditionSignature(TakesGiven: true),
            Data = new DataInfo { Name = "t", Dimension = spec.Dimension, Table = spec },
        });
    }

    private static byte[] Compile(params string[] given) => CompileOf(Network, given);

    private static byte[] CompileOf(byte[] network, string[] given)
    {
        NetworkFile file = NetworkFile.Read(network, "t");
        ModelCard card = ModelCard.FromMetadata(file.Metadata, "t");
        SamplingPlan plan = SamplingPlan.Create(card.Schedule, new Deis(), Steps);
        return SamplerCompiler.Compile(file, card, plan, new CompileOptions { Given = given });
    }

    private static SamplingJob JobOf(DiffusionSampler loop, SampleBatch noise)
        => new() { Count = Count, Noise = noise, Plan = loop.CreatePlan(new Deis(), Steps) };

    private static SampleBatch Noise()
    {
        float[] noise = new float[Count * Spec.Dimension];
        new PhiloxNormal(4, RandomDomain.Sampling).Fill(0, 0, noise);
        return new SampleBatch(noise, SampleShape.Vector(Spec.Dimension));
    }

    /// <summary>Leaves the cells of a column open where it is not given.</summary>
    private static void Open(ConditionBatch conditions, ColumnSpec column, bool[] mask)
    {
        for (int row = 0; row < Count; row++)
        {
            foreach (PlacedBlock placed in Spec.Layout.BlocksOf(column).Where(_ => !mask[row]))
            {
                foreach (ReadOnlyMemory<float> values in new[] { conditions.Given, conditions.Mask })
                {
                    System.Runtime.InteropServices.MemoryMarshal.AsMemory(values)
                        .Slice((row * Spec.Dimension) + placed.Start, placed.Block.Width).Span.Clear();
                }
            }
        }
    }

    private static long[] CodesOf(CategoryColumnSpec column, Table rows) => Array.ConvertAll(column.ReadCodes(rows), code => (long)code);

    private static Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<T> Tensor<T>(T[] values) => new(values, [values.Length]);

    private static Dictionary<string, object> Run(byte[] file, SampleBatch noise, IEnumerable<NamedOnnxValue> given)
    {
        using InferenceSession session = new(file);
        NamedOnnxValue input = NamedOnnxValue.CreateFromTensor(
            "noise", new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<float>(noise.Values.ToArray(), [noise.Count, Spec.Dimension]));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([input, .. given]);
        return results.Where(result => result.Name != "sample").ToDictionary(
            result => result.Name,
            result => result.ElementType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.String
                ? (object)result.AsEnumerable<string>().ToArray() : result.AsEnumerable<double>().ToArray());
    }

    private static void AssertEqual(Table expected, IReadOnlyDictionary<string, object> outputs)
    {
        CollectionAssert.AreEquivalent(expected.Columns.Select(column => column.Name).ToArray(), outputs.Keys.ToArray());
        foreach (TableColumn column in expected.Columns)
        {
            if (column is NumberColumn numbers)
            {
                CollectionAssert.AreEqual(numbers.Values.ToArray(), (double[])outputs[column.Name], column.Name);
            }
            else
            {
                string[] texts = [.. Enumerable.Range(0, Count).Select(row => column.IsMissing(row) ? "" : column.GetText(row))];
                CollectionAssert.AreEqual(texts, (string[])outputs[column.Name], column.Name);
            }
        }
    }

    private static string[] Texts(Table table)
        => [.. table.Columns.SelectMany(column => Enumerable.Range(0, table.Count).Select(column.GetText))];
}
