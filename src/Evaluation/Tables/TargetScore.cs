namespace Diffusion.Evaluation.Tables;

/// <summary>What says how well a column is predicted.</summary>
public enum TargetMeasure
{
    /// <summary>The area under the receiver operating characteristic, of a column of two values: 0.5 for guesses, 1 at best.</summary>
    Auc,

    /// <summary>The share of rows that are predicted rightly, of a column of more values: 1 at best.</summary>
    Accuracy,

    /// <summary>The part of the variance that is predicted, of a column of numbers: 0 for the mean, 1 at best.</summary>
    RSquared,
}

/// <summary>How well a column is predicted from the others.</summary>
/// <param name="Measure">What <paramref name="Value"/> is.</param>
/// <param name="Value">The value, at most 1.</param>
public sealed record TargetScore(TargetMeasure Measure, double Value);
