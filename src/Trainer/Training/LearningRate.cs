namespace Diffusion.Training;

/// <summary>The learning rate over a run.</summary>
public static class LearningRate
{
    /// <summary>The share of the run that the rise takes: some 300 of 14,000 iterations, enough for the averages of Adam to settle.</summary>
    private const double WarmUp = 0.02;

    /// <summary>The learning rate of an iteration.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    /// <param name="options">How the run goes.</param>
    public static double At(int iteration, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.LearningRate * (options.RateSchedule == RateSchedule.Cosine ? Cosine((iteration + 0.5) / options.Iterations) : 1);
    }

    /// <summary>A short linear rise, then half a cosine down to zero (Loshchilov and Hutter 2017).</summary>
    private static double Cosine(double done) => done < WarmUp ? done / WarmUp : (1 + Math.Cos(Math.PI * (done - WarmUp) / (1 - WarmUp))) / 2;
}
