namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>
/// Boosted trees over histograms (Friedman 2001; Ke et al. 2017), which predict as scikit-learn's HistGradientBoosting does.
/// </summary>
internal sealed class GradientBoosting
{
    private readonly Binning[] _binnings;
    private readonly double[] _start;
    private readonly TreeNode[][] _trees;

    /// <summary>Fits trees to training rows.</summary>
    /// <param name="features">What is predicted from, each <c>[n]</c>.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="options">The size of the model.</param>
    public GradientBoosting(IReadOnlyList<Feature> features, IBoostingLoss loss, BoostingOptions options)
    {
        _binnings = [.. features.Select(feature => new Binning(feature))];
        _start = loss.Start;
        _trees = new TreeNode[options.Trees][];
        int count = features[0].Values.Length;
        TreeGrower grower = new(_binnings, Bins(features), options);
        double[][] scores = Array.ConvertAll(_start, score => Enumerable.Repeat(score, count).ToArray());
        Gradient[][] gradients = Array.ConvertAll(_start, _ => new Gradient[count]);
        for (int i = 0; i < options.Trees; i++)
        {
            loss.Differentiate(scores, gradients);
            _trees[i] = [.. gradients.Zip(scores, grower.Grow)];
        }
    }

    /// <summary>Predicts the scores of other rows.</summary>
    /// <param name="features">The same columns of the other rows, each <c>[m]</c>.</param>
    /// <returns>The scores, <c>[k][m]</c>.</returns>
    public double[][] Predict(IReadOnlyList<Feature> features)
    {
        byte[][] bins = Bins(features);
        double[][] scores = new double[_start.Length][];
        for (int output = 0; output < scores.Length; output++)
        {
            scores[output] = new double[features[0].Values.Length];
            for (int row = 0; row < scores[output].Length; row++)
            {
                scores[output][row] = _start[output] + _trees.Sum(trees => trees[output].Predict(bins, row));
            }
        }

        return scores;
    }

    private byte[][] Bins(IReadOnlyList<Feature> features)
        => [.. features.Select((feature, i) => _binnings[i].Apply(feature.Values))];
}
