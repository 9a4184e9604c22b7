namespace Diffusion.Time;

/// <summary>A way to choose the timesteps of a solver: a name and a rule.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Rule">From a schedule and a number of steps to the indices, in descending order.</param>
public sealed record TimestepGrid(string Name, string Description, Func<NoiseSchedule, int, double[]> Rule)
{
    /// <summary>The smallest distance between two timesteps of a list: below it the coefficients of a solver lose their digits.</summary>
    public const double SmallestStep = 1e-7;

    /// <summary>The indices at which the network is asked first in each step, descending; the clean end is implied.</summary>
    /// <param name="schedule">The schedule of the model.</param>
    /// <param name="steps">The number of steps, from 1 to T.</param>
    /// <exception cref="DiffusionException">The number of steps is out of range.</exception>
    public double[] Create(NoiseSchedule schedule, int steps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (steps < 1 || steps > schedule.TrainTimesteps)
        {
            throw new DiffusionException(
                $"The number of steps must be between 1 and {schedule.TrainTimesteps}, the number of training timesteps; was {steps}.");
        }

        return Rule(schedule, steps);
    }

    /// <summary>Checks an explicit list of indices: finite, within 0 … T−1, descending by <see cref="SmallestStep"/> at
    /// least.</summary>
    /// <exception cref="DiffusionException">The list breaks one of these rules.</exception>
    public static IReadOnlyList<double> Validate(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(timesteps);
        if (timesteps.Count == 0)
        {
            throw new DiffusionException("The list of timesteps must not be empty.");
        }

        for (int k = 0; k < timesteps.Count; k++)
        {
            if (!(timesteps[k] >= 0 && timesteps[k] <= schedule.TrainTimesteps - 1))
            {
                throw new DiffusionException(
                    $"A timestep must be between 0 and {schedule.TrainTimesteps - 1}; entry {k + 1} of the list is {timesteps[k]}.");
            }

            if (k > 0 && !(timesteps[k - 1] - timesteps[k] >= SmallestStep))
            {
                throw new DiffusionException(
                    $"Timesteps must descend by at least {SmallestStep}; {timesteps[k]} follows {timesteps[k - 1]} "
                        + $"(t = {PaperTime.FromTimestep(timesteps[k])} follows {PaperTime.FromTimestep(timesteps[k - 1])}).");
            }
        }

        return timesteps;
    }
}
