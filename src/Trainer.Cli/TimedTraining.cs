using System.Globalization;

namespace Diffusion.Training.Cli;

/// <summary>Finds out how many iterations fit into a time.</summary>
internal static class TimedTraining
{
    /// <summary>Iterations before time is measured, and while it is.</summary>
    private const int WarmUp = 20, Measured = 60;

    private const double SecondsPerMinute = 60;

    /// <summary>Returns a request with the number of iterations that fit into its minutes, measured by a short run of the same
    /// network.</summary>
    /// <param name="request">The request; without minutes it is returned as it is.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public static TrainingRequest Resolve(TrainingRequest request, CancellationToken cancellationToken)
    {
        if (request.Minutes is not { } minutes)
        {
            return request;
        }

        Trainer trainer = new(request.Network.Create)
        {
            Objective = request.Objective,
            Options = request.Options with { Iterations = WarmUp + Measured, Patience = null },
        };
        using TrainingResult result = trainer.Train(request.Data.Source, cancellationToken: cancellationToken);
        double seconds = (result.Steps[^1].Seconds - result.Steps[WarmUp - 1].Seconds) / Measured;
        int iterations = (int)Math.Clamp(minutes * SecondsPerMinute / seconds, 1, int.MaxValue);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{iterations} iterations of {seconds * 1000:0.0} ms fit into {minutes} minutes."));
        return request with
        {
            Minutes = null,
            Options = request.Options with { Iterations = iterations },
            Command = request.Command + Invariant($" --iterations {iterations}"),
        };
    }
}
