namespace Diffusion.Time;

/// <summary>The lists of β that the papers give, for the indices 0 … T−1.</summary>
internal static class BetaLists
{
    private const double CosineOffset = 0.008;
    private const double CosineLargestBeta = 0.999;

    /// <summary>The sigmoid schedule runs through the logistic function from −6 to 6, as diffusers has it.</summary>
    private const double SigmoidReach = 6;

    /// <summary>β rises linearly (Ho et al. 2020, §4).</summary>
    public static double[] Linear(int count, double first, double last) => EvenlySpaced(count, first, last);

    /// <summary>√β rises linearly (Rombach et al. 2022).</summary>
    public static double[] ScaledLinear(int count, double first, double last)
        => Array.ConvertAll(EvenlySpaced(count, Math.Sqrt(first), Math.Sqrt(last)), root => root * root);

    /// <summary>β_i = (β_T − β₀)/(1 + e^−u) + β₀ with u evenly spaced from −6 to 6 (Xu et al. 2022).</summary>
    public static double[] Sigmoid(int count, double start, double end)
        => Array.ConvertAll(EvenlySpaced(count, -SigmoidReach, SigmoidReach), u => ((end - start) / (1 + Math.Exp(-u))) + start);

    /// <summary>β_i = min(1 − f((i+1)/T)/f(i/T), 0.999) with f(u) = cos²((u + 0.008)/1.008 · π/2) (Nichol and Dhariwal 2021,
    /// Eq. 17).</summary>
    public static double[] Cosine(int count)
    {
        RequireCount(count);
        return [.. Enumerable.Range(0, count).Select(i => Math.Min(1 - (F((i + 1.0) / count) / F((double)i / count)), CosineLargestBeta))];

        static double F(double u) => Math.Pow(Math.Cos((u + CosineOffset) / (1 + CosineOffset) * Math.PI / 2), 2);
    }

    /// <summary>Refuses a number of timesteps that makes no schedule.</summary>
    /// <exception cref="DiffusionException">The number is below 2 or above 1,000,000.</exception>
    public static void RequireCount(int count)
    {
        if (count is < 2 or > NoiseSchedule.LargestTrainTimesteps)
        {
            throw new DiffusionException(
                $"The number of training timesteps must be between 2 and {NoiseSchedule.LargestTrainTimesteps}; was {count}.");
        }
    }

    private static double[] EvenlySpaced(int count, double first, double last)
    {
        RequireCount(count);
        return [.. Enumerable.Range(0, count).Select(i => first + ((last - first) * i / (count - 1)))];
    }
}
