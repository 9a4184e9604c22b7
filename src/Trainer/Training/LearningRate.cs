namespace Diffusion.Training;

/// <summary>The learning rate over a run: a short linear rise, then half a cosine down to zero (Loshchilov and Hutter 2017).</summary>
public static class LearningRate
{
    /// <summary>The share of the run that the rise takes: some 200 of 10,000 iterations, enough for the averages of Adam to settle.</summary>
    private const double WarmUp = 0.02;

    /// <summary>The learning rate of an iteration.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    /// <param name="iterations">The number of iterations of the run.</param>
    /// <param name="largest">The largest learning rate.</param>
    public static double At(int iteration, int iterations, double largest)
    {
        double done = (iteration + 0.5) / iterations;
        double rise = Math.Min(1, done / WarmUp);
        double fall = done < WarmUp ? 1 : (1 + Math.Cos(Math.PI * (done - WarmUp) / (1 - WarmUp))) / 2;
        return largest * rise * fall;
    }
}
