namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>The size of a boosted model.</summary>
/// <param name="Trees">The number of trees of each output.</param>
/// <param name="LearningRate">The part of its best step that each tree takes.</param>
/// <param name="Leaves">The largest number of leaves of a tree.</param>
/// <param name="RowsPerLeaf">The smallest number of training rows of a leaf.</param>
internal sealed record BoostingOptions(int Trees, double LearningRate, int Leaves, int RowsPerLeaf);
