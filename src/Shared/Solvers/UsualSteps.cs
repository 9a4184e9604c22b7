using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>How many steps a solver takes where none are asked for; chosen by measurement, see docs/solvers.md.</summary>
internal static class UsualSteps
{
    private const int FirstOrder = 100;
    private const int RungeKuttaEvaluations = 60;
    private const int Multistep = 20;
    private const int StochasticMultistep = 50;

    /// <summary>For a solver of first order.</summary>
    public static int OfFirstOrder(NoiseSchedule schedule) => Math.Min(FirstOrder, schedule.TrainTimesteps);

    /// <summary>For a Runge–Kutta method with some evaluations in a step.</summary>
    public static int OfRungeKutta(NoiseSchedule schedule, int stages)
        => stages == 1 ? OfFirstOrder(schedule) : Math.Min(RungeKuttaEvaluations / stages, schedule.TrainTimesteps);

    /// <summary>For a multistep method that draws noise.</summary>
    public static int OfStochasticMultistep(NoiseSchedule schedule) => Math.Min(StochasticMultistep, schedule.TrainTimesteps);

    /// <summary>For a multistep method.</summary>
    public static int OfMultistep(NoiseSchedule schedule) => Math.Min(Multistep, schedule.TrainTimesteps);
}
