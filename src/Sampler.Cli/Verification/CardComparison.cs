using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli.Verification;

/// <summary>Compares what a compiled sampler says about itself with what its network says, and its rows with those of its solver.</summary>
internal static class CardComparison
{
    /// <summary>The relative difference of two coefficients that processors may compute differently in the last places.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Returns all differences, a clause each.</summary>
    /// <param name="compiled">The compiled sampler.</param>
    /// <param name="network">The card of the network.</param>
    public static IEnumerable<string> Differences(CompiledSampler compiled, ModelCard network)
    {
        DataInfo found = compiled.Card.Data;
        DataInfo expected = network.Data;
        if (found.Dimension != expected.Dimension)
        {
            return [$"it has dimension {found.Dimension}, but the network has {expected.Dimension}"];
        }

        return new[]
        {
            Difference("columns", Names(expected), Names(found)),
            Table(network) == Table(compiled.Card) ? null : "its table differs",
            IsSame(Numbers(expected.Shift, expected.Dimension, 0), Numbers(found.Shift, found.Dimension, 0)) ? null : "its shift differs",
            IsSame(Numbers(expected.Scale, expected.Dimension, 1), Numbers(found.Scale, found.Dimension, 1)) ? null : "its scale differs",
            (expected.Constants ?? []).SequenceEqual(found.Constants ?? []) ? null : "its constant columns differ",
            Difference("prediction type", $"{network.Prediction}", $"{compiled.Card.Prediction}"),
            IsSame(network.Schedule.AlphaBars, compiled.Card.Schedule.AlphaBars)
                && network.Schedule.FinalIndex == compiled.Card.Schedule.FinalIndex ? null : "its noise schedule differs",
            (network.ClipSample, network.Thresholding) == (compiled.Card.ClipSample, compiled.Card.Thresholding)
                ? null : "its clipping differs",
            OfRows(compiled.Plan, network.Schedule),
        }.OfType<string>();
    }

    /// <summary>Builds the solver that the file names for the schedule of the network, at the timesteps of the file.</summary>
    private static string? OfRows(SamplingPlan plan, NoiseSchedule schedule)
    {
        try
        {
            double[] timesteps =
            [
                .. plan.Tableau.Rows.Where((_, r) => r == 0 || plan.Tableau.Rows[r - 1].EndsStep).Select(row => row.Level.Timestep),
            ];
            SamplingPlan expected = SamplingPlan.At(schedule, KnownSolvers.Find(plan.Solver).Create(plan.Settings), timesteps);
            return IsSame(expected.Tableau, plan.Tableau)
                ? null
                : $"its coefficients differ from {plan.Label} for the network's noise schedule";
        }
        catch (DiffusionException exception)
        {
            return $"its solver cannot be built for the network's noise schedule ({exception.Message.TrimEnd('.')})";
        }
    }

    private static bool IsSame(Tableau expected, Tableau found)
        => expected.Rows.Length == found.Rows.Length && expected.Rows.Zip(found.Rows).All(
            pair => pair.First.EndsStep == pair.Second.EndsStep
                && pair.First.C.Length == pair.Second.C.Length && IsSame([.. pair.First.Numbers], [.. pair.Second.Numbers]));

    private static double[] Numbers(IReadOnlyList<double>? values, int count, double usual)
        => [.. values ?? Enumerable.Repeat(usual, count)];

    private static bool IsSame(ReadOnlySpan<double> expected, ReadOnlySpan<double> found)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (i >= found.Length || !(Math.Abs(expected[i] - found[i]) <= Tolerance * Math.Max(Math.Abs(expected[i]), Math.Abs(found[i]))))
            {
                return false;
            }
        }

        return expected.Length == found.Length;
    }

    /// <summary>How rows become samples, as the card has it; empty for points.</summary>
    private static string Table(ModelCard card) => card.Data.Table is null ? "" : card.ToMetadata()[ModelCard.DataKey];

    private static string Names(DataInfo data) => data.Columns is { } columns ? string.Join(", ", columns) : "(unnamed)";

    private static string? Difference(string what, string expected, string found)
        => expected == found ? null : $"it has the {what} {found}, but the network has {expected}";
}
