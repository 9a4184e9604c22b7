using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Solvers;

/// <summary>How fast deterministic solvers approach the exact solution of the probability-flow ODE.</summary>
[TestClass]
public sealed class ConvergenceTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly NoisePrediction<double> Exact = ExactPredictors.Mixture(ReferenceData.Mixture);
    private static readonly int[] StepCounts = [64, 128, 256];

    /// <summary>
    /// DEIS begins with steps of lower order, which shows once the rest of the error is small;
    /// dpm++3m is of second order, with a small constant.
    /// </summary>
    [TestMethod]
    [DataRow("ddim", 1.0, 0.1)]
    [DataRow("euler", 1.0, 0.1)]
    [DataRow("heun", 2.0, 0.2)]
    [DataRow("rk4", 4.0, 0.2)]
    [DataRow("deis", 3.7, 0.2)]
    [DataRow("dpm++2m", 2.0, 0.1)]
    [DataRow("dpm++3m", 2.2, 0.2)]
    public void Error_FallsWithTheOrderOfTheSolver(string name, double order, double tolerance)
    {
        double slope = Slope([.. StepCounts.Select(steps => Error(KnownSolvers.Find(name).Create(new SolverSettings()), steps))]);
        Assert.AreEqual(order, slope, tolerance);
    }

    [TestMethod]
    [DataRow("dpmpp_2m", 2)]
    [DataRow("dpmpp_3m", 3)]
    public void DpmSolver_MatchesTheReference(string run, int order)
    {
        Tableau tableau = new DpmSolver(run, order).Build(Schedule, ReferenceData.Array(run, "timesteps"));
        Numbers.AreClose(ReferenceData.Array(run, "x0"), Run(tableau, ReferenceData.Start), 1e-9);
    }

    [TestMethod]
    [DataRow("ddim", OdeForm.Sigma, 0.02)]
    [DataRow("euler", OdeForm.Time, 0.02)]
    [DataRow("heun", OdeForm.Time, 0.005)]
    [DataRow("rk4", OdeForm.Time, 0.005)]
    [DataRow("heun", OdeForm.Sigma, 0.001)]
    [DataRow("rk4", OdeForm.Sigma, 1e-6)]
    [DataRow("deis", OdeForm.Sigma, 0.001)]
    [DataRow("dpm++2m", OdeForm.Sigma, 0.001)]
    [DataRow("dpm++3m", OdeForm.Sigma, 0.001)]
    public void EveryDeterministicSolver_ApproachesTheTruth(string name, OdeForm ode, double tolerance)
    {
        SolverEntry entry = KnownSolvers.Find(name);
        ISolver solver = entry.Create(new SolverSettings { Ode = entry.Accepts.Contains("ode") ? ode : null });
        Assert.IsLessThan(tolerance, Error(solver, 256));
    }

    /// <summary>With equal steps that go to zero e^λ is constant over a step, and the weights are those of ∫(1, u, u²/2) over it.</summary>
    [TestMethod]
    [DataRow(1e-3)]
    [DataRow(1e-7)]
    public void WeightsOfSmallSteps_KeepTheirDigits(double h)
    {
        double[] lambdas = [.. Enumerable.Range(0, 40).Select(k => k * h)];
        Numbers.AreClose([11.0 / 6, -7.0 / 6, 1.0 / 3], MultistepWeights.Of(lambdas, 20, order: 3), h + 1e-8);
        Numbers.AreClose([1.5, -0.5], MultistepWeights.Of(lambdas, 20, order: 2), 1e-8);
    }

    [TestMethod]
    [DataRow("deis")]
    [DataRow("dpm++2m")]
    [DataRow("dpm++3m")]
    public void MultistepSolvers_StandAsManySteps_AsThereAreTimesteps(string name)
    {
        ISolver solver = KnownSolvers.Find(name).Create(new SolverSettings());
        foreach (TimestepGrid grid in TimestepGrids.All)
        {
            double[] solution = Run(solver.Build(Schedule, grid.Create(Schedule, Schedule.TrainTimesteps)), ReferenceData.Start);
            Assert.IsLessThan(2e-3, Distance(ReferenceData.Array("truth", "x0"), solution), grid.Name);
        }
    }

    [TestMethod]
    public void Euler_InSigma_IsDdim()
    {
        double[] timesteps = TimestepGrids.Quadratic.Create(Schedule, 17);
        double[] ddim = Run(new Ddim().Build(Schedule, timesteps), ReferenceData.Start);
        double[] euler = Run(new SigmaOde("euler", ButcherTableau.Euler).Build(Schedule, timesteps), ReferenceData.Start);
        Numbers.AreClose(ddim, euler, 1e-12);
    }

    [TestMethod]
    public void Deis_OfFirstOrder_IsDdim()
    {
        double[] timesteps = TimestepGrids.Quadratic.Create(Schedule, 17);
        Numbers.AreClose(
            Run(new Ddim().Build(Schedule, timesteps), ReferenceData.Start),
            Run(new Deis(Order: 1).Build(Schedule, timesteps), ReferenceData.Start),
            1e-12);
    }

    /// <summary>The textbook coefficients of Adams and Bashforth for equal steps: 55, −59, 37, −9 over 24.</summary>
    [TestMethod]
    public void Deis_WithEqualStepsInSigma_HasTheCoefficientsOfAdamsAndBashforth()
    {
        double[] timesteps = [.. Enumerable.Range(0, 5).Select(k => Schedule.AtSigma(10 - (2 * k)).Timestep)];
        TableauRow row = new Deis().Build(Schedule, timesteps).Rows[3];
        double scale = Schedule.At(timesteps[4]).Signal * -2;
        Numbers.AreClose([55.0 / 24, -59.0 / 24, 37.0 / 24, -9.0 / 24], [.. row.C.Select(c => c / scale)], 1e-9);
    }

    [TestMethod]
    public void Encoding_IsUndoneByDecoding_ToFirstOrder()
    {
        double[] data = Run(
            new SigmaOde("rk4", ButcherTableau.Classical).Build(Schedule, TimestepGrids.LogSnr.Create(Schedule, 200)), ReferenceData.Start);
        double slope = Slope([.. StepCounts.Select(steps =>
        {
            double[] timesteps = TimestepGrids.LogSnr.Create(Schedule, steps);
            double[] noise = Run(DdimInversion.Build(Schedule, timesteps), data);
            return Distance(data, Run(new Ddim().Build(Schedule, timesteps), noise));
        })]);
        Assert.AreEqual(1, slope, 0.2);
    }

    private static double Error(ISolver solver, int steps)
        => Distance(
            ReferenceData.Array("truth", "x0"),
            Run(solver.Build(Schedule, TimestepGrids.LogSnr.Create(Schedule, steps)), ReferenceData.Start));

    private static double[] Run(Tableau tableau, double[] start)
        => new TableauExecutor<double>(
            tableau, start, Exact, (_, _) => throw new InvalidOperationException("A deterministic solver asks for no noise."))
            .Run().ToArray();

    private static double Distance(double[] first, double[] second)
        => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Average());

    /// <summary>The order of convergence: by how many powers of two the error falls each time the steps double, by least squares.</summary>
    private static double Slope(double[] errors)
    {
        double[] logs = [.. errors.Select(Math.Log2)];
        double middle = (logs.Length - 1) / 2.0;
        return -logs.Select((log, k) => (k - middle) * log).Sum() / Enumerable.Range(0, logs.Length).Sum(k => (k - middle) * (k - middle));
    }
}
