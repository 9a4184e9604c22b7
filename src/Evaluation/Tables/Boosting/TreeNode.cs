namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>A node of a tree: a leaf, or a split with two nodes below it.</summary>
internal sealed class TreeNode
{
    private int _feature;
    private bool[] _goesLeft = [];
    private TreeNode? _left, _right;

    /// <summary>Gets or sets what a leaf adds to the score.</summary>
    public double Value { get; set; }

    /// <summary>Gets a value indicating whether the node is a leaf.</summary>
    public bool IsLeaf => _left is null;

    /// <summary>Makes two leaves of one.</summary>
    /// <param name="split">The split.</param>
    /// <param name="missingGoesLeft">Where missing cells go if the training rows do not say.</param>
    public (TreeNode Left, TreeNode Right) Divide(Split split, bool? missingGoesLeft)
    {
        (_feature, _goesLeft, _left, _right) = (split.Feature, new bool[Binning.Count], new TreeNode(), new TreeNode());
        foreach (byte bin in split.LeftBins)
        {
            _goesLeft[bin] = true;
        }

        _goesLeft[Binning.Missing] = missingGoesLeft ?? _goesLeft[Binning.Missing];
        return (_left, _right);
    }

    /// <summary>Whether a row goes left at this node.</summary>
    /// <param name="bins">The bins of the rows, <c>[d][n]</c>.</param>
    /// <param name="row">The number of the row.</param>
    public bool GoesLeft(byte[][] bins, int row) => _goesLeft[bins[_feature][row]];

    /// <summary>What the tree adds to the score of a row.</summary>
    /// <param name="bins">The bins of the rows, <c>[d][n]</c>.</param>
    /// <param name="row">The number of the row.</param>
    public double Predict(byte[][] bins, int row)
        => IsLeaf ? Value : (GoesLeft(bins, row) ? _left! : _right!).Predict(bins, row);
}
