namespace Diffusion.Solvers;

/// <summary>The catalogue of solvers: a new one is added with a file of its own and a line here.</summary>
public static class KnownSolvers
{
    /// <summary>All solvers, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<SolverEntry> All { get; } =
    [
        new("ddpm", "Ho et al. 2020, Algorithm 2", ["variance"], settings => new Ddpm(settings.Variance ?? DdpmVariance.Beta)),
        new("ddim", "Song et al. 2020, Eq. 12", ["eta"], settings => new Ddim(settings.Eta ?? 0)),
    ];

    /// <summary>The solver used where none is asked for.</summary>
    public static ISolver Default { get; } = new Ddim();

    /// <summary>Finds a solver by its name.</summary>
    /// <exception cref="DiffusionException">There is no solver of that name.</exception>
    public static SolverEntry Find(string name) => Catalogue.Find(All, entry => entry.Name, name, "solver");
}
