namespace Diffusion.Tests.Support;

/// <summary>Noise schedules as the papers have them.</summary>
internal static class PaperSchedules
{
    /// <summary>ᾱ for T = 1000, written down from the papers and not from the code.</summary>
    public static double[] AlphaBars(string kind)
    {
        const int last = 999;
        double[] betas = [.. Enumerable.Range(0, last + 1).Select(i => kind switch
        {
            "scaled_linear" => Math.Pow(Math.Sqrt(0.00085) + ((Math.Sqrt(0.012) - Math.Sqrt(0.00085)) * i / last), 2),
            "sigmoid" => 0.0001 + ((0.03 - 0.0001) / (1 + Math.Exp(6 - (12.0 * i / last)))),
            "cosine" => Math.Min(0.999, 1 - (Cosine((i + 1.0) / (last + 1)) / Cosine((double)i / (last + 1)))),
            _ => 0.0001 + ((0.02 - 0.0001) * i / last),
        })];
        double product = 1;
        double[] alphaBars = [.. betas.Select(beta => product *= 1 - beta)];
        if (kind == "zero_snr")
        {
            (double start, double end) = (Math.Sqrt(alphaBars[0]), Math.Sqrt(alphaBars[last]));
            alphaBars = Array.ConvertAll(alphaBars, alphaBar => Math.Pow((Math.Sqrt(alphaBar) - end) * start / (start - end), 2));
        }

        return alphaBars;

        static double Cosine(double u) => Math.Pow(Math.Cos((u + 0.008) / 1.008 * Math.PI / 2), 2);
    }
}
