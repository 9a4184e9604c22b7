using System.CommandLine;
using System.Globalization;
using System.Numerics.Tensors;
using Diffusion.CommandLine;
using Diffusion.Models;
using Diffusion.Onnx.Compiling;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Schedules;
using Diffusion.Solvers;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion verify: compares a compiled sampler with the loop over its network.</summary>
internal static class VerifyCommand
{
    private const int DefaultCount = 1_000;

    /// <summary>The largest difference of a coordinate, relative to the root mean square of all: what rounding to float32 may add up to.</summary>
    private const double Tolerance = 1e-5;

    public static Command Create()
    {
        Argument<string> compiled = new("FILE") { Description = "An .onnx file written by diffusion compile" };
        NetworkArguments network = new();
        Option<int> count = new("--count", "-n") { Description = "Number of points", DefaultValueFactory = _ => DefaultCount };
        Option<ulong> seed = new("--seed") { Description = "The seed of the noise that both start from", DefaultValueFactory = _ => 0 };
        Command command = new("verify", "Compares a compiled sampler with the loop over its network: same noise, same points.") { compiled };
        network.AddTo(command);
        command.Add(count);
        command.Add(seed);
        command.SetWork((parsed, cancellationToken) =>
        {
            using CompiledSampler sampler = CompiledSampler.Load(parsed.GetRequiredValue(compiled));
            SamplerOptions options = new() { Seed = parsed.GetValue(seed), Solver = new Recorded(sampler.Solver.Name, sampler.Tableau), Clipping = sampler.Solver.Clip is { } bound ? new ClippingOptions { Bound = bound } : null };
            Run(sampler, network.Read(parsed), parsed.GetRequiredValue(compiled), parsed.GetValue(count), options, cancellationToken);
        });
        return command;
    }

    private static void Run(CompiledSampler compiled, (NetworkFile File, ModelCard Card) network, string path, int count, SamplerOptions options, CancellationToken cancellationToken)
    {
        string source = network.File.Source;
        if (compiled.Card.Data.Dimension != network.Card.Data.Dimension)
        {
            throw new DiffusionException($"'{path}' gives points of dimension {compiled.Card.Data.Dimension}, '{source}' is a network of dimension {network.Card.Data.Dimension}: it was compiled from another one.");
        }

        using DiffusionSampler loop = DiffusionSampler.Load(NetworkAdapter.Adapt(network.File, network.Card), new ModelOptions { Name = source });
        PointSet expected = loop.Sample(count, options, progress: null, cancellationToken);
        double difference = LargestDifference(expected.Values, compiled.Sample(count, options, cancellationToken: cancellationToken).Values);
        string run = string.Create(CultureInfo.InvariantCulture, $"{count} points, {compiled.Solver.Name}, {compiled.Tableau.Steps} steps");
        string extent = string.Create(CultureInfo.InvariantCulture, $"the largest difference is {difference:0.0e+0} of the points' root mean square, and up to {Tolerance:0e+0} is rounding");
        Console.WriteLine(difference switch
        {
            0 => $"equal to the last bit: {run}",
            <= Tolerance => $"equal: {run}; {extent}",
            _ => throw new DiffusionException($"'{path}' does not give the points of '{source}': {run}; {extent}. Compile it again from this network."),
        });
    }

    private static double LargestDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        float[] differences = new float[expected.Length];
        TensorPrimitives.Subtract(expected, found, differences);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(differences)) / (TensorPrimitives.Norm(expected) / Math.Sqrt(expected.Length));
    }

    /// <summary>The solver that a compiled sampler was made with, as the file records it.</summary>
    private sealed class Recorded(string name, Tableau tableau) : ISolver
    {
        public string Name => name;

        public TimestepGrid DefaultGrid => KnownSolvers.Default.DefaultGrid;

        public int DefaultSteps(NoiseSchedule schedule) => tableau.Steps;

        public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps) => tableau;
    }
}
