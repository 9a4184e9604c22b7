namespace Diffusion.Solvers;

/// <summary>A line of the catalogue <see cref="KnownSolvers"/>.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Order">The order of convergence to the exact solution.</param>
/// <param name="EvaluationsPerStep">Network evaluations in a step other than the last.</param>
/// <param name="Source">The paper that it comes from: first author, year, place.</param>
/// <param name="Accepts">The names of the settings that mean something to it.</param>
/// <param name="Make">Makes the solver.</param>
public sealed record SolverEntry(
    string Name, int Order, int EvaluationsPerStep, string Source, IReadOnlyList<string> Accepts, Func<SolverSettings, ISolver> Make)
{
    internal const string Eta = "eta";
    internal const string Variance = "variance";
    internal const string Ode = "ode";

    /// <summary>Makes the solver, and refuses settings that it would ignore.</summary>
    /// <exception cref="DiffusionException">A setting does not belong to this solver or is out of range.</exception>
    public ISolver Create(SolverSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Refuse(Eta, settings.Eta is not null);
        Refuse(Variance, settings.Variance is not null);
        Refuse(Ode, settings.Ode is not null);
        return Make(settings);
    }

    /// <summary>Returns settings in which a variance that was left out is the given one, if the solver has a variance.</summary>
    public SolverSettings Complete(SolverSettings settings, DdpmVariance? variance)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with { Variance = settings.Variance ?? (Accepts.Contains(Variance) ? variance : null) };
    }

    private void Refuse(string setting, bool isSet)
    {
        if (isSet && !Accepts.Contains(setting))
        {
            string takers = string.Join(", ", KnownSolvers.All.Where(entry => entry.Accepts.Contains(setting)).Select(entry => entry.Name));
            throw new DiffusionException(
                $"The solver {Name} has no setting '{setting}'; it belongs to {takers}. Omit it or choose another solver.");
        }
    }
}
