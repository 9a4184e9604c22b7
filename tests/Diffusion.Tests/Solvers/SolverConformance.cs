using Diffusion.Solvers;

namespace Diffusion.Tests.Solvers;

/// <summary>The laws as tests: the test class of a solver inherits them.</summary>
public abstract class SolverConformance
{
    protected abstract ISolver Solver { get; }

    /// <summary>
    /// How far from a point mass the samples may end after a number of steps: rounding, unless the solver is exact in the limit only.
    /// </summary>
    protected virtual double PointMassTolerance(int steps) => 1e-9;

    [TestMethod]
    public void PointMass_IsRecovered_ForAnyStepCount() => SolverLaws.PointMassIsRecovered(Solver, PointMassTolerance);

    [TestMethod]
    public void Tableau_EndsAtCleanData_WithoutNoise() => SolverLaws.TableauIsSound(Solver);

    [TestMethod]
    public void Gaussian_IsRecovered_InTheLimit() => SolverLaws.GaussianIsRecovered_InTheLimit(Solver);
}
