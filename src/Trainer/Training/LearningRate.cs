namespace Diffusion.Training;

/// <summary>The learning rate over a run.</summary>
public static class LearningRate
{
    /// <summary>
    /// The share of the run that the rise takes: some 300 of 14,000 iterations, enough for the averages of Adam to settle.
    /// </summary>
    private const double WarmUp = 0.02;

    /// <summary>The share of the run that a late fall takes.</summary>
    private const double Fall = 0.15;

    /// <summary>The learning rate of an iteration.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    /// <param name="options">How the run goes.</param>
    public static double At(int iteration, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double done = (iteration + 0.5) / options.Iterations;
        return options.LearningRate * options.RateSchedule switch
        {
            RateSchedule.Cosine => Cosine(done),
            RateSchedule.LateFall => Math.Min(Rise(done), (1 - done) / Fall),
            _ => 1,
        };
    }

    /// <summary>A short linear rise, then half a cosine down to zero (Loshchilov and Hutter 2017).</summary>
    private static double Cosine(double done) => done < WarmUp ? Rise(done) : (1 + Math.Cos(Math.PI * (done - WarmUp) / (1 - WarmUp))) / 2;

    private static double Rise(double done) => Math.Min(1, done / WarmUp);
}
