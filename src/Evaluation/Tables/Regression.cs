using Diffusion.Evaluation.Tables.Boosting;

namespace Diffusion.Evaluation.Tables;

/// <summary>Prediction of numbers.</summary>
internal static class Regression
{
    /// <summary>R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)² on test rows; 0 where all y are equal.</summary>
    public static TargetScore Score(Feature[] training, double[] learned, Feature[] test, double[] truth, BoostingOptions options)
    {
        double[] predicted = new GradientBoosting(training, new SquaredError(learned), options).Predict(test)[0];
        double mean = truth.Average();
        double variance = truth.Sum(value => (value - mean) * (value - mean));
        double error = truth.Zip(predicted, (value, guess) => (value - guess) * (value - guess)).Sum();
        return new TargetScore(TargetMeasure.RSquared, variance == 0 ? 0 : 1 - (error / variance));
    }
}
