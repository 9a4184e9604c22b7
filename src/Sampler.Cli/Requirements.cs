using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Evaluation.Tables;

namespace Diffusion.Cli;

/// <summary>Limits that the figures of a table's report must keep, such as <c>score=0.95,copies=0</c>: at least that much of figures that
/// better rows have more of, at most that much of others.</summary>
internal sealed class Requirements
{
    private readonly (string Key, double Limit)[] _limits;

    private Requirements((string Key, double Limit)[] limits) => _limits = limits;

    /// <summary>Reads limits.</summary>
    /// <param name="words">KEY=NUMBER, separated by commas; null for none.</param>
    /// <exception cref="DiffusionException">A limit is not KEY=NUMBER, or a key is repeated.</exception>
    public static Requirements Parse(string? words)
    {
        List<(string Key, double Limit)> limits = [];
        foreach (string word in words?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            string[] parts = word.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double limit)
                || !double.IsFinite(limit))
            {
                throw new DiffusionException($"A requirement must be FIGURE=NUMBER, such as score=0.95; was '{word}'.");
            }

            if (limits.Any(known => known.Key == parts[0]))
            {
                throw new DiffusionException($"The requirement {parts[0]} is given twice.");
            }

            limits.Add((parts[0], limit));
        }

        return new Requirements([.. limits]);
    }

    /// <summary>Refuses keys that a report does not have.</summary>
    /// <param name="keys">The keys of the report.</param>
    /// <exception cref="DiffusionException">There is one.</exception>
    public void RequireKnown(IReadOnlyCollection<string> keys)
    {
        string[] unknown = [.. _limits.Select(limit => limit.Key).Except(keys)];
        if (unknown.Length > 0)
        {
            throw new DiffusionException(
                $"There is no figure '{string.Join("', '", unknown)}' to require; choose from: {string.Join(", ", keys)}.");
        }
    }

    /// <summary>Compares figures with the limits.</summary>
    /// <param name="figures">The figures.</param>
    /// <exception cref="NotAsRequiredException">Some are not as required; all are named.</exception>
    public void Check(IReadOnlyList<TableFigure> figures)
    {
        List<string> faults = [];
        foreach ((string key, double limit) in _limits)
        {
            TableFigure figure = figures.Single(figure => figure.Key == key);
            bool isKept = figure.IsLargerBetter ? figure.Synthetic >= limit : figure.Synthetic <= limit;
            if (!isKept)
            {
                string bound = figure.IsLargerBetter ? "at least" : "at most";
                faults.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{figure.Name} must be {bound} {limit}; was {figure.Synthetic:0.####}"));
            }
        }

        if (faults.Count > 0)
        {
            throw new NotAsRequiredException($"The rows are not as required: {string.Join("; ", faults)}.");
        }
    }
}
