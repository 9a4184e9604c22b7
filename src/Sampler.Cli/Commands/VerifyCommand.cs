using System.CommandLine;
using System.Globalization;
using Diffusion.Cards;
using Diffusion.Cli.Verification;
using Diffusion.CommandLine;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion verify: compares a compiled sampler with the loop over its network.</summary>
internal static class VerifyCommand
{
    private const int DefaultCount = 1_000;

    public static Command Create()
    {
        Argument<string> compiled = new("FILE") { Description = "An .onnx file written by diffusion compile" };
        NetworkArguments network = new();
        Option<int> count = new("--count", "-n") { Description = "Number of points", DefaultValueFactory = _ => DefaultCount };
        Option<ulong> seed = new("--seed") { Description = "Seed of the noise that both start from", DefaultValueFactory = _ => 0 };
        Command command = new("verify", "Checks that a compiled sampler and its network give the same points for the same noise.")
        {
            compiled,
        };
        network.AddTo(command);
        command.Add(count);
        command.Add(seed);
        command.SetWork((parsed, cancellationToken) =>
        {
            using CompiledSampler sampler = CompiledSampler.Load(parsed.GetRequiredValue(compiled));
            (NetworkFile file, ModelCard card) = network.Read(parsed);
            SamplingJob job = new() { Count = parsed.GetValue(count), Seed = parsed.GetValue(seed) };
            sampler.Validate(job, new ExecutionOptions(), isInMemory: true);
            Run(sampler, file, card, parsed.GetRequiredValue(compiled), job, cancellationToken);
        });
        return command;
    }

    private static void Run(
        CompiledSampler compiled,
        NetworkFile network,
        ModelCard card,
        string path,
        SamplingJob job,
        CancellationToken cancellationToken)
    {
        string[] faults = [.. CardComparison.Differences(compiled, card)];
        if (faults.Length > 0)
        {
            throw new DiffusionException(
                $"'{path}' was not compiled from '{network.Source}': {string.Join("; ", faults)}. Compile this network again.");
        }

        PointComparison comparison = PointComparison.Run(compiled, network, card, job, cancellationToken);
        string run = string.Create(CultureInfo.InvariantCulture, $"{job.Count} points, {compiled.Plan.Caption}");
        if (!comparison.IsEqual)
        {
            throw new DiffusionException(
                $"'{path}' does not give the same points as '{network.Source}': {run}; {comparison.Describe()}. "
                    + "Compile this network again.");
        }

        if (card.Data.Table is not null && compiled.FindCellDifference(job) is { } difference)
        {
            throw new DiffusionException(
                $"'{path}' does not decode its samples as its table says: {difference}. Compile '{network.Source}' again.");
        }

        Console.WriteLine(comparison.IsExact ? $"equal to the last bit: {run}" : $"equal: {run}; {comparison.Describe()}");
    }
}
