using System.Text;
using System.Text.Json;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>What a compiled sampler says about the solver in it, beside the card of its network.</summary>
public sealed record SolverInfo
{
    /// <summary>The metadata entry that makes a file a compiled sampler.</summary>
    public const string Key = "diffusion.solver";

    /// <summary>The name of the solver.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the settings that the solver was made with; null for the usual ones.</summary>
    public SolverSettings? Settings { get; init; }

    /// <summary>Where the predicted clean data are clipped, in the units of the network; null means nowhere.</summary>
    public double? Clip { get; init; }

    /// <summary>The rows of its tableau.</summary>
    public required IReadOnlyList<SolverRow> Rows { get; init; }

    /// <summary>Describes a plan.</summary>
    /// <param name="plan">The solver and its steps.</param>
    /// <param name="clip">Where the predicted clean data are clipped; null means nowhere.</param>
    public static SolverInfo From(SamplingPlan plan, double? clip)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new()
        {
            Name = plan.Solver,
            Settings = plan.Settings == SolverSettings.Usual ? null : plan.Settings,
            Clip = clip,
            Rows = [.. plan.Tableau.Rows.Select(SolverRow.From)],
        };
    }

    /// <summary>Reads the plan, checked.</summary>
    /// <param name="schedule">The noise schedule of the same file.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <exception cref="DiffusionException">The rows make no tableau for that schedule.</exception>
    public SamplingPlan ToPlan(NoiseSchedule schedule, string source)
    {
        try
        {
            return new SamplingPlan(Name, Settings ?? SolverSettings.Usual, new Tableau(Rows.Select(row => row.ToRow(schedule))));
        }
        catch (Exception exception) when (exception is ArgumentException or DiffusionException)
        {
            throw new DiffusionException($"'{source}', {Key}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes itself beside a card, as key and value pairs for an .onnx file.</summary>
    /// <param name="card">The card of the network.</param>
    public IReadOnlyDictionary<string, string> ToMetadata(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new SortedDictionary<string, string>(card.ToMetadata().ToDictionary(), StringComparer.Ordinal)
        {
            [Key] = JsonSerializer.Serialize(this, CardJson.Default.SolverInfo),
        };
    }

    /// <summary>Reads it from the metadata of an .onnx file.</summary>
    /// <param name="metadata">The key and value pairs.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <returns>The solver, or null where the file is no compiled sampler.</returns>
    /// <exception cref="DiffusionException">The entry is damaged.</exception>
    public static SolverInfo? FromMetadata(IReadOnlyDictionary<string, string> metadata, string source)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (!metadata.TryGetValue(Key, out string? text))
        {
            return null;
        }

        return CardReader.Read(Encoding.UTF8.GetBytes(text), CardJson.Default.SolverInfo, $"'{source}', {Key}");
    }
}
