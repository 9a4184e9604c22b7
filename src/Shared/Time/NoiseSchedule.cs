namespace Diffusion.Time;

/// <summary>
/// The noise schedule: β and ᾱ for every training timestep, and ᾱ and σ continuously in between.
/// An index i runs from 0 to T−1 (the time t of the papers is i + 1); clean data is one step past index 0.
/// </summary>
public sealed class NoiseSchedule
{
    /// <summary>The index of clean data, one step past index 0.</summary>
    public const double CleanIndex = -1;

    /// <summary>ᾱ of clean data.</summary>
    public const double CleanAlphaBar = 1;

    /// <summary>β₀ of Ho et al. 2020, for T = 1000.</summary>
    public const double DefaultBetaStart = 1e-4;

    /// <summary>β_T of Ho et al. 2020, for T = 1000.</summary>
    public const double DefaultBetaEnd = 0.02;

    /// <summary>T of Ho et al. 2020.</summary>
    public const int DefaultTrainTimesteps = 1000;

    /// <summary>The largest T that is accepted; papers go up to 4,000.</summary>
    public const int LargestTrainTimesteps = 1_000_000;

    /// <summary>Above this ᾱ_T the prior N(0, I) is visibly not what the forward process ends in.</summary>
    public const double LargestTerminalAlphaBar = 1e-3;

    /// <summary>What stands for ᾱ = 0: 2⁻²⁴, as in diffusers' multistep schedulers, or less where the timestep before has hardly
    /// more.</summary>
    private const double ZeroAlphaBar = 1.0 / (1 << 24);
    private const double LargestShareOfNext = 0.25;

    private readonly double[] _betas;
    private readonly double[] _alphaBars;
    private readonly double[] _logSigmas;

    private NoiseSchedule(BetaSchedule kind, double[] betas, double[]? alphaBars = null)
    {
        BetaLists.RequireCount(betas.Length);
        int wrong = Array.FindIndex(betas, beta => !(beta > 0 && beta < 1));
        if (wrong >= 0)
        {
            throw new DiffusionException(
                $"Every β of a noise schedule must be between 0 and 1; β at index {wrong} is {betas[wrong]:g6}. "
                    + $"Use more timesteps or a smaller β.");
        }

        Kind = kind;
        _betas = betas;
        _alphaBars = alphaBars ?? CumulativeProducts(betas);
        _logSigmas = [.. _alphaBars.Select((alphaBar, i) => new NoiseLevel(i, alphaBar).LogSigma)];
        for (int i = 0; i < _logSigmas.Length; i++)
        {
            if (!double.IsFinite(_logSigmas[i]) || (i > 0 && _logSigmas[i] <= _logSigmas[i - 1]))
            {
                throw new DiffusionException(
                    $"The noise level must be finite and increase with the index; ᾱ at index {i} is {_alphaBars[i]:g6}. "
                        + $"Use a less extreme β.");
            }
        }
    }

    /// <summary>How β runs.</summary>
    public BetaSchedule Kind { get; }

    /// <summary>Gets the values of β that the schedule was made from: at its ends, or for the sigmoid at its limits.</summary>
    internal (double Start, double End) BetaRange { get; private init; }

    /// <summary>Gets the schedule that this one was rescaled from, so that no signal is left at T; null if it was not rescaled.</summary>
    internal NoiseSchedule? RescaledFrom { get; private init; }

    /// <summary>
    /// Gets the index at which sampling ends: −1, clean data, or 0 where the model's configuration ends its last step at ᾱ₀
    /// (<c>set_alpha_to_one: false</c> or <c>final_sigmas_type: sigma_min</c> in diffusers).
    /// </summary>
    public double FinalIndex { get; private init; } = CleanIndex;

    /// <summary>Gets the noise level at which sampling ends.</summary>
    public NoiseLevel Final => At(FinalIndex);

    /// <summary>Gets the grid that the model's configuration asks for; null if it leaves the choice to the solver.</summary>
    public TimestepGrid? Grid => SchedulerGrid?.ToGrid();

    /// <summary>Gets what <see cref="Grid"/> is in the words of diffusers.</summary>
    internal SchedulerGrid? SchedulerGrid { get; private init; }

    /// <summary>The number T of training timesteps.</summary>
    public int TrainTimesteps => _betas.Length;

    /// <summary>β for the indices 0 … T−1.</summary>
    public ReadOnlySpan<double> Betas => _betas;

    /// <summary>ᾱ for the indices 0 … T−1.</summary>
    public ReadOnlySpan<double> AlphaBars => _alphaBars;

    /// <summary>log σ for the indices 0 … T−1.</summary>
    public ReadOnlySpan<double> LogSigmas => _logSigmas;

    /// <summary>ᾱ_T, what is left of the signal at the noisy end.</summary>
    public double TerminalAlphaBar => _alphaBars[^1];

    /// <summary>β_t = (t/T)·β_T + (1 − t/T)·β₀ for t = 1 … T.</summary>
    /// <param name="trainTimesteps">T, from 2 to 1,000,000.</param>
    /// <param name="betaStart">β₀; by default 1e-4 · 1000/T, so that ᾱ_T hardly depends on T.</param>
    /// <param name="betaEnd">β_T; by default 0.02 · 1000/T.</param>
    /// <exception cref="DiffusionException">A β is not between 0 and 1.</exception>
    public static NoiseSchedule Linear(int trainTimesteps = DefaultTrainTimesteps, double? betaStart = null, double? betaEnd = null)
    {
        BetaLists.RequireCount(trainTimesteps);
        double scale = (double)DefaultTrainTimesteps / trainTimesteps;
        double start = betaStart ?? (DefaultBetaStart * scale);
        double end = betaEnd ?? (DefaultBetaEnd * scale);
        return LinearBetween(trainTimesteps, start + ((end - start) / trainTimesteps), end);
    }

    /// <summary>β rises linearly from <paramref name="first"/> at index 0 to <paramref name="last"/> at index T−1.</summary>
    /// <exception cref="DiffusionException">A β is not between 0 and 1.</exception>
    public static NoiseSchedule LinearBetween(int trainTimesteps, double first, double last)
    {
        double[] betas = BetaLists.Linear(trainTimesteps, first, last);
        return new NoiseSchedule(BetaSchedule.Linear, betas) { BetaRange = (betas[0], betas[^1]) };
    }

    /// <summary>√β rises linearly from √<paramref name="first"/> at index 0 to √<paramref name="last"/> at index T−1 (Rombach et
    /// al. 2022).</summary>
    /// <exception cref="DiffusionException">A β is not between 0 and 1.</exception>
    public static NoiseSchedule ScaledLinear(int trainTimesteps, double first, double last)
        => new(BetaSchedule.ScaledLinear, BetaLists.ScaledLinear(trainTimesteps, first, last)) { BetaRange = (first, last) };

    /// <summary>β_i = (β_T − β₀)/(1 + e^−u) + β₀ with u evenly spaced from −6 to 6 (Xu et al. 2022).</summary>
    /// <exception cref="DiffusionException">A β is not between 0 and 1.</exception>
    public static NoiseSchedule Sigmoid(int trainTimesteps, double betaStart, double betaEnd)
        => new(BetaSchedule.Sigmoid, BetaLists.Sigmoid(trainTimesteps, betaStart, betaEnd)) { BetaRange = (betaStart, betaEnd) };

    /// <summary>
    /// β_i = min(1 − f((i+1)/T)/f(i/T), 0.999) with f(u) = cos²((u + 0.008)/1.008 · π/2) (Nichol and Dhariwal 2021, Eq. 17).
    /// </summary>
    /// <param name="trainTimesteps">T, from 2 to 1,000,000.</param>
    public static NoiseSchedule Cosine(int trainTimesteps = DefaultTrainTimesteps)
        => new(BetaSchedule.Cosine, BetaLists.Cosine(trainTimesteps));

    /// <summary>A schedule with its own list of β.</summary>
    /// <exception cref="DiffusionException">A β is not between 0 and 1.</exception>
    public static NoiseSchedule FromBetas(IEnumerable<double> betas) => new(BetaSchedule.Custom, [.. betas]);

    /// <summary>Gets the noise level at an index, fractions allowed: log σ is linear between indices, ᾱ itself between index 0 and clean
    /// data.</summary>
    /// <param name="timestep">The index i, from −1 (clean) to T−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside that range or not a number.</exception>
    public NoiseLevel At(double timestep)
    {
        if (!(timestep >= CleanIndex && timestep <= TrainTimesteps - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(timestep), Invariant($"The timestep must be between {CleanIndex} and {TrainTimesteps - 1}; was {timestep}."));
        }

        if (timestep < 0)
        {
            return new NoiseLevel(timestep, CleanAlphaBar + ((_alphaBars[0] - CleanAlphaBar) * (timestep - CleanIndex)));
        }

        int below = (int)timestep;
        double alphaBar = below == timestep
            ? _alphaBars[below]
            : ForwardProcess.AlphaBar(Math.Exp(double.Lerp(_logSigmas[below], _logSigmas[below + 1], timestep - below)));
        return new NoiseLevel(timestep, alphaBar);
    }

    /// <summary>Gets the noise level of some σ: the inverse of <see cref="NoiseLevel.Sigma"/>.</summary>
    /// <param name="sigma">σ, from 0 (clean) to that of T−1; above it T−1 is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ is negative or not a number.</exception>
    public NoiseLevel AtSigma(double sigma)
    {
        return sigma >= 0
            ? At(IndexAt(sigma))
            : throw new ArgumentOutOfRangeException(nameof(sigma), Invariant($"σ must be at least 0; was {sigma}."));
    }

    /// <summary>
    /// Shifts and scales √ᾱ so that no signal is left at T and ᾱ₀ stays as it is (Lin et al. 2024, Algorithm 1). As σ would be
    /// infinite there, ᾱ at index T−1 is 2⁻²⁴ or a quarter of the ᾱ before, whichever is less. A network that predicts the noise
    /// cannot be used with such a schedule.
    /// </summary>
    /// <exception cref="DiffusionException">The signal at index T−2 is too small for that.</exception>
    public NoiseSchedule RescaleToZeroTerminalSnr()
    {
        double first = Math.Sqrt(_alphaBars[0]);
        double last = Math.Sqrt(_alphaBars[^1]);
        double[] alphaBars = Array.ConvertAll(_alphaBars, alphaBar =>
        {
            double signal = (Math.Sqrt(alphaBar) - last) * first / (first - last);
            return signal * signal;
        });
        alphaBars[^1] = Math.Min(ZeroAlphaBar, LargestShareOfNext * alphaBars[^2]);
        double[] betas = [.. alphaBars.Select((alphaBar, i) => 1 - (alphaBar / (i == 0 ? CleanAlphaBar : alphaBars[i - 1])))];
        return new NoiseSchedule(Kind, betas, alphaBars) { BetaRange = BetaRange, RescaledFrom = this };
    }

    /// <summary>Whether a noise level is one of this schedule, up to the last places, which processors may compute differently.</summary>
    /// <param name="timestep">Its index.</param>
    /// <param name="alphaBar">Its ᾱ.</param>
    internal bool Has(double timestep, double alphaBar)
    {
        const double tolerance = 1e-9;
        return timestep >= CleanIndex && timestep <= TrainTimesteps - 1
            && Math.Abs((alphaBar / At(timestep).AlphaBar) - 1) <= tolerance;
    }

    /// <summary>Returns this schedule with the end and the grid that a configuration asks for.</summary>
    /// <param name="endsAtFirstLevel">Whether the last step of a sampler ends at ᾱ₀ instead of clean data.</param>
    /// <param name="grid">The grid for solvers that are asked for none; null leaves the choice to the solver.</param>
    internal NoiseSchedule WithSampling(bool endsAtFirstLevel, SchedulerGrid? grid) => new(Kind, _betas, _alphaBars)
    {
        BetaRange = BetaRange,
        RescaledFrom = RescaledFrom,
        FinalIndex = endsAtFirstLevel ? 0 : CleanIndex,
        SchedulerGrid = grid,
    };

    private static double[] CumulativeProducts(double[] betas)
    {
        double[] products = new double[betas.Length];
        double product = CleanAlphaBar;
        for (int i = 0; i < betas.Length; i++)
        {
            product *= 1 - betas[i];
            products[i] = product;
        }

        return products;
    }

    private double IndexAt(double sigma)
    {
        double logSigma = Math.Log(sigma);
        if (logSigma <= _logSigmas[0])
        {
            return CleanIndex + ((ForwardProcess.AlphaBar(sigma) - CleanAlphaBar) / (_alphaBars[0] - CleanAlphaBar));
        }

        int found = Array.BinarySearch(_logSigmas, logSigma);
        int above = found >= 0 ? found : ~found;
        return above >= TrainTimesteps
            ? TrainTimesteps - 1
            : above - 1 + ((logSigma - _logSigmas[above - 1]) / (_logSigmas[above] - _logSigmas[above - 1]));
    }
}
