namespace Diffusion.Codecs.Columns;

/// <summary>The standard normal distribution, to the precision of double.</summary>
internal static class NormalDistribution
{
    /// <summary>ln √(2π).</summary>
    private const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary>From here on the continued fraction takes fewer terms than the series.</summary>
    private const double TailStart = 3;

    /// <summary>The numerators and denominators of <see cref="Quantile"/> in the middle, near the tails and far out.</summary>
    private static readonly (double[] Numerator, double[] Denominator) Middle = (
        [3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
            67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
        [1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610,
            28729.085735721942674, 5226.4952788528545610]);

    private static readonly (double[] Numerator, double[] Denominator) Near = (
        [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258,
            0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4],
        [1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590,
            0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9]);

    private static readonly (double[] Numerator, double[] Denominator) Far = (
        [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930,
            0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
        [1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 7.86869131145613259100e-4,
            1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15]);

    /// <summary>Computes φ(z).</summary>
    public static double Density(double z) => Math.Exp((-z * z / 2) - LogRootTwoPi);

    /// <summary>Computes Φ(z), the share of values below z (Marsaglia 2004; beyond 3 deviations by Laplace's continued
    /// fraction).</summary>
    public static double Cdf(double z)
    {
        if (Math.Abs(z) < TailStart)
        {
            return 0.5 + (Density(z) * Series(z));
        }

        double tail = Density(z) / ContinuedFraction(Math.Abs(z));
        return z < 0 ? tail : 1 - tail;
    }

    /// <summary>Computes Φ⁻¹(p) (Wichura 1988, algorithm AS 241, PPND16).</summary>
    /// <param name="p">A share, from 0 to 1, whose quantiles are −∞ and ∞.</param>
    public static double Quantile(double p)
    {
        double fromMiddle = p - 0.5;
        if (Math.Abs(fromMiddle) <= 0.425)
        {
            return fromMiddle * Ratio(Middle, 0.180625 - (fromMiddle * fromMiddle));
        }

        double r = Math.Sqrt(-Math.Log(Math.Min(p, 1 - p)));
        double distance = double.IsInfinity(r) ? r : r <= 5 ? Ratio(Near, r - 1.6) : Ratio(Far, r - 5);
        return fromMiddle < 0 ? -distance : distance;
    }

    /// <summary>z + z³/3 + z⁵/(3·5) + …</summary>
    private static double Series(double z)
    {
        double sum = z;
        double term = z;
        for (int odd = 3; sum + term != sum; odd += 2)
        {
            term *= z * z / odd;
            sum += term;
        }

        return sum;
    }

    /// <summary>z + 1/(z + 2/(z + 3/(z + …))), from the inside out.</summary>
    private static double ContinuedFraction(double z)
    {
        const int terms = 200;
        double value = z;
        for (int k = terms; k > 0; k--)
        {
            value = z + (k / value);
        }

        return value;
    }

    private static double Ratio((double[] Numerator, double[] Denominator) coefficients, double x)
        => Polynomial(coefficients.Numerator, x) / Polynomial(coefficients.Denominator, x);

    private static double Polynomial(double[] coefficients, double x)
    {
        double value = 0;
        for (int k = coefficients.Length - 1; k >= 0; k--)
        {
            value = (value * x) + coefficients[k];
        }

        return value;
    }
}
