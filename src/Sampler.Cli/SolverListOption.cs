using System.CommandLine;
using Diffusion.Solvers;

namespace Diffusion.Cli;

/// <summary>An option that names several solvers between commas.</summary>
internal static class SolverListOption
{
    private const int MostSolvers = 6;

    /// <param name="name">The option.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="defaultList">The default for the help.</param>
    public static Option<string?> Create(string name, string description, string defaultList) => new(name)
    {
        Description = $"{description}: 1 to {MostSolvers} of {string.Join(", ", KnownSolvers.All.Select(entry => entry.Name))}, "
            + $"separated by commas [default: {defaultList}]",
    };

    /// <summary>Returns the solvers that are named.</summary>
    /// <exception cref="DiffusionException">A name is unknown, or there are too many.</exception>
    public static IReadOnlyList<SolverEntry> Parse(string list)
    {
        string[] names = list.Split(',', StringSplitOptions.TrimEntries);
        return names.Length <= MostSolvers
            ? [.. names.Select(KnownSolvers.Find)]
            : throw new DiffusionException($"At most {MostSolvers} solvers can be compared; found {names.Length}.");
    }
}
