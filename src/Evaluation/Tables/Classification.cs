using System.Numerics.Tensors;
using Diffusion.Evaluation.Tables.Boosting;

namespace Diffusion.Evaluation.Tables;

/// <summary>Prediction of categories.</summary>
internal static class Classification
{
    /// <summary>A score that says nothing: that of training rows of one class.</summary>
    private const double NoSkill = 0.5;

    /// <summary>The area under the receiver operating characteristic for two classes, the share of right guesses otherwise.</summary>
    public static TargetScore Score(Feature[] training, int[] learned, Feature[] test, int[] truth, int classes, BoostingOptions options)
    {
        if (classes == 2)
        {
            return new TargetScore(TargetMeasure.Auc, learned.Distinct().Count() < 2
                ? NoSkill
                : RocCurve.Area(
                    new GradientBoosting(training, new LogLoss(Array.ConvertAll(learned, label => label == 1)), options).Predict(test)[0],
                    Array.ConvertAll(truth, label => label == 1)));
        }

        double[][] scores = new GradientBoosting(training, new SoftmaxLoss(learned, classes), options).Predict(test);
        int right = truth.Where((label, row) =>
            TensorPrimitives.IndexOfMax<double>(Array.ConvertAll(scores, ofClass => ofClass[row])) == label).Count();
        return new TargetScore(TargetMeasure.Accuracy, (double)right / truth.Length);
    }
}
