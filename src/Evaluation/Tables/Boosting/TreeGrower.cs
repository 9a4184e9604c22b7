namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>Grows trees leaf by leaf, the one with the largest gain first (Ke et al. 2017, LightGBM).</summary>
/// <param name="binnings">The columns, <c>[d]</c>.</param>
/// <param name="bins">The bins of the training rows, <c>[d][n]</c>.</param>
/// <param name="options">The size of the trees.</param>
internal sealed class TreeGrower(Binning[] binnings, byte[][] bins, BoostingOptions options)
{
    /// <summary>Keeps the step of a leaf finite whose rows are fitted exactly.</summary>
    private const double Tiny = 1e-15;

    private readonly SplitSearch _search = new(options.RowsPerLeaf);

    /// <summary>Grows a tree, and adds what it predicts to the scores of the training rows.</summary>
    /// <param name="gradients">The derivatives of the loss of each row, <c>[n]</c>.</param>
    /// <param name="scores">The scores, <c>[n]</c>.</param>
    public TreeNode Grow(Gradient[] gradients, double[] scores)
    {
        Leaf root = new(new TreeNode(), [.. Enumerable.Range(0, gradients.Length)], gradients);
        List<Leaf> leaves = [root];
        PriorityQueue<Leaf, double> growing = new();
        Offer(root, Sums(root, gradients), growing);
        while (leaves.Count < options.Leaves && growing.TryDequeue(out Leaf? leaf, out _))
        {
            (Leaf left, Leaf right) = Divide(leaf, gradients);
            leaves.Remove(leaf);
            leaves.AddRange([left, right]);
            (Leaf few, Leaf many) = left.Rows.Length < right.Rows.Length ? (left, right) : (right, left);
            GradientSum[] rest = leaf.Histogram!;
            GradientSum[] sums = Sums(few, gradients);
            for (int i = 0; i < rest.Length; i++)
            {
                rest[i] -= sums[i];
            }

            Offer(few, sums, growing);
            Offer(many, rest, growing);
        }

        foreach (Leaf leaf in leaves)
        {
            leaf.Node.Value = -options.LearningRate * leaf.Sum.First / (leaf.Sum.Second + Tiny);
            foreach (int row in leaf.Rows)
            {
                scores[row] += leaf.Node.Value;
            }
        }

        return root.Node;
    }

    /// <summary>Puts a leaf in the queue if a split of it lowers the loss.</summary>
    private void Offer(Leaf leaf, GradientSum[] histogram, PriorityQueue<Leaf, double> growing)
    {
        leaf.Split = leaf.Rows.Length >= 2 * options.RowsPerLeaf ? _search.Best(binnings, histogram, leaf.Sum) : null;
        if (leaf.Split is not null)
        {
            leaf.Histogram = histogram;
            growing.Enqueue(leaf, -leaf.Split.Gain);
        }
    }

    private (Leaf Left, Leaf Right) Divide(Leaf leaf, Gradient[] gradients)
    {
        Split split = leaf.Split!;
        bool isMostlyLeft = 2 * split.Left.Count > leaf.Rows.Length;
        (TreeNode left, TreeNode right) = leaf.Node.Divide(split, binnings[split.Feature].HasMissing ? null : isMostlyLeft);
        return (
            new Leaf(left, Array.FindAll(leaf.Rows, row => leaf.Node.GoesLeft(bins, row)), gradients),
            new Leaf(right, Array.FindAll(leaf.Rows, row => !leaf.Node.GoesLeft(bins, row)), gradients));
    }

    /// <summary>The sums over the rows of each bin of each column, <c>[d, 256]</c>.</summary>
    private GradientSum[] Sums(Leaf leaf, Gradient[] gradients)
    {
        GradientSum[] sums = new GradientSum[bins.Length * Binning.Count];
        for (int feature = 0; feature < bins.Length; feature++)
        {
            byte[] column = bins[feature];
            Span<GradientSum> ofBins = sums.AsSpan(feature * Binning.Count, Binning.Count);
            foreach (int row in leaf.Rows)
            {
                ofBins[column[row]].Add(gradients[row]);
            }
        }

        return sums;
    }

    /// <summary>A leaf and its training rows.</summary>
    private sealed class Leaf(TreeNode node, int[] rows, Gradient[] gradients)
    {
        public TreeNode Node => node;

        public int[] Rows => rows;

        public GradientSum Sum { get; } = SumOf(rows, gradients);

        public GradientSum[]? Histogram { get; set; }

        public Split? Split { get; set; }

        private static GradientSum SumOf(int[] rows, Gradient[] gradients)
        {
            GradientSum sum = default;
            foreach (int row in rows)
            {
                sum.Add(gradients[row]);
            }

            return sum;
        }
    }
}
