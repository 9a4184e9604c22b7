namespace Diffusion.Solvers;

/// <summary>The catalogue of solvers: a new one is added with a file of its own and a line here.</summary>
public static class KnownSolvers
{
    private const string DefaultName = "dpm++3m";

    /// <summary>All solvers, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<SolverEntry> All { get; } =
    [
        new("ddpm", 1, 1, "Ho 2020, Alg. 2", [SolverEntry.Variance], settings => new Ddpm(settings.Variance ?? DdpmVariance.Beta)),
        new("ddim", 1, 1, "Song 2020, Eq. 12", [SolverEntry.Eta], settings => new Ddim(settings.Eta ?? 0)),
        RungeKutta("euler", 1, ButcherTableau.Euler, "Euler 1768"),
        RungeKutta("heun", 2, ButcherTableau.Heun, "Karras 2022"),
        RungeKutta("rk4", 4, ButcherTableau.Classical, "Kutta 1901"),
        new("deis", 4, 1, "Zhang 2022, ρAB", [], _ => new Deis()),
        new("dpm++2m", 2, 1, "Lu 2022b, Alg. 2", [], _ => new DpmSolver("dpm++2m", 2)),
        new(DefaultName, 2, 1, "Lu 2022b, App. C", [], _ => new DpmSolver(DefaultName, 3)),
        new("sde-dpm++2m", 1, 1, "Lu 2022b, Eq. 19", [], _ => new SdeDpmSolver()),
    ];

    /// <summary>The solver used where none is asked for.</summary>
    public static ISolver Default { get; } = Find(DefaultName).Create(new SolverSettings());

    /// <summary>Finds a solver by its name.</summary>
    /// <exception cref="DiffusionException">There is no solver of that name.</exception>
    public static SolverEntry Find(string name) => Catalogue.Find(All, entry => entry.Name, name, "solver");

    private static SolverEntry RungeKutta(string name, int order, ButcherTableau method, string source)
        => new(name, order, method.Nodes.Length, source, [SolverEntry.Ode],
            settings => settings.Ode == OdeForm.Time ? new TimeOde(name, method) : new SigmaOde(name, method));
}
