using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.TorchExport;
using static TorchSharp.torch;

namespace Diffusion.Training.Networks;

/// <summary>
/// B category columns, computed together. Each has up to K categories with codes E_k and shares p_k; where there are fewer, the rest have
/// no share.
/// </summary>
internal sealed class CategoryGroup : IDisposable
{
    /// <summary>log p of a category that is not there. Larger ones add up to a share where others are rare.</summary>
    private const float NoShare = -1e9f;

    /// <summary>The columns of a group have at most so many categories together, filled up: matrices grow with their square.</summary>
    private const int MostLogits = 512;

    /// <summary>No column of a group is filled up to more than so many times its number of categories.</summary>
    private const int MostPadding = 4;

    private readonly Tensor _codes;
    private readonly Tensor _codesBack;
    private readonly Tensor _logShares;
    private readonly Tensor _halfSquares;
    private readonly Tensor _middles;
    private readonly Tensor _powers;
    private readonly Tensor _firsts;

    /// <param name="blocks">The columns, which lie next to each other.</param>
    public CategoryGroup(IReadOnlyList<PlacedBlock> blocks)
    {
        CategoryCode[] codes = [.. blocks.Select(CodeOf)];
        (Start, Count, Most) = (blocks[0].Start, blocks.Count, codes.Max(code => code.Count));
        Coordinates = codes.Sum(code => code.Width);
        float[,] matrix = new float[Coordinates, Logits];
        float[] logShares = [.. Enumerable.Repeat(NoShare, Logits)];
        float[] halfSquares = new float[Logits];
        float[,] powers = new float[Coordinates, Count];
        float[] middles = new float[Coordinates];
        for (int b = 0; b < Count; b++)
        {
            int first = blocks[b].Start - Start;
            for (int k = 0; k < codes[b].Count; k++)
            {
                int logit = (b * Most) + k;
                ReadOnlySpan<double> code = codes[b].Encode(k);
                logShares[logit] = (float)codes[b].LogShares[k];
                halfSquares[logit] = (float)codes[b].HalfSquares[k];
                for (int bit = 0; bit < code.Length; bit++)
                {
                    matrix[first + bit, logit] = (float)code[bit];
                }
            }

            for (int bit = 0; bit < codes[b].Width; bit++)
            {
                powers[first + bit, b] = 1 << bit;
                middles[first + bit] = (float)((codes[b].Encode(0)[bit] + codes[b].Encode(1 << bit)[bit]) / 2);
            }
        }

        _codes = tensor(matrix);
        _codesBack = _codes.t().contiguous();
        _logShares = tensor(logShares, [1, Logits]);
        _halfSquares = tensor(halfSquares, [1, Logits]);
        _middles = tensor(middles);
        _powers = tensor(powers);
        _firsts = tensor([.. blocks.Select(placed => (long)(placed.Start - Start))]);
    }

    /// <summary>Gets the first coordinate of the group.</summary>
    public int Start { get; }

    /// <summary>Gets the number B of columns.</summary>
    public int Count { get; }

    /// <summary>Gets the largest number K of categories of a column.</summary>
    public int Most { get; }

    /// <summary>Gets the number c of coordinates of all columns.</summary>
    public int Coordinates { get; }

    /// <summary>Gets the number B·K of logits.</summary>
    public int Logits => Count * Most;

    /// <summary>Puts columns that lie next to each other into groups.</summary>
    /// <param name="blocks">All category columns, those with fewer coordinates first.</param>
    public static IEnumerable<CategoryGroup> Partition(IEnumerable<PlacedBlock> blocks)
    {
        List<PlacedBlock> group = [];
        foreach (PlacedBlock placed in blocks)
        {
            int[] counts = [.. group.Append(placed).Select(block => CodeOf(block).Count)];
            bool fits = counts.Max() <= MostPadding * counts.Min() && counts.Length * counts.Max() <= MostLogits;
            if (group.Count > 0 && !fits)
            {
                yield return new CategoryGroup(group);
                group = [];
            }

            group.Add(placed);
        }

        if (group.Count > 0)
        {
            yield return new CategoryGroup(group);
        }
    }

    /// <summary>Computes the logits of the exact posterior of independent categories, log p_k + (√ᾱ/(1−ᾱ))·(x·E_k −
    /// √ᾱ·|E_k|²/2) up to a constant, by Bayes' rule for x = √ᾱ·E_k + √(1−ᾱ)·ε.</summary>
    /// <param name="net">Holds constants.</param>
    /// <param name="x">The noisy coordinates of the group, <c>[n, c]</c>.</param>
    /// <param name="signal">√ᾱ, <c>[m, 1]</c>.</param>
    /// <param name="precision">√ᾱ/(1−ᾱ), <c>[m, 1]</c>.</param>
    /// <returns>The logits, <c>[n, B·K]</c>.</returns>
    public T Posterior<T>(INet<T> net, T x, T signal, T precision)
        where T : IValue<T>
        => (x * precision).MatMul(net.Constant(_codes))
            + (net.Constant(_logShares) - (precision * signal * net.Constant(_halfSquares)));

    /// <summary>Computes the expected codes of categories, Σ softmax(logits)_k·E_k.</summary>
    /// <param name="net">Holds constants.</param>
    /// <param name="logits">The logits, <c>[n, B·K]</c>.</param>
    /// <returns>The predicted clean coordinates, <c>[n, c]</c>.</returns>
    public T Expected<T>(INet<T> net, T logits)
        where T : IValue<T>
        => logits.Reshape(-1, Count, Most).Softmax(-1).Reshape(-1, Logits).MatMul(net.Constant(_codesBack));

    /// <summary>Computes −log of the probability of the true categories.</summary>
    /// <param name="logits">The logits, <c>[n, B·K]</c>.</param>
    /// <param name="clean">The clean coordinates of the group, <c>[n, c]</c>, whose signs are the bits of the categories.</param>
    /// <returns>The cross-entropy of each column, <c>[n, B]</c>.</returns>
    public Tensor CrossEntropy(Tensor logits, Tensor clean)
    {
        Tensor categories = clean.gt(_middles).to(float32).matmul(_powers).to(int64).unsqueeze(-1);
        return -nn.functional.log_softmax(logits.reshape(-1, Count, Most), -1).gather(-1, categories).squeeze(-1);
    }

    /// <summary>Returns, of values of the coordinates of the group that are alike within each column, the one of each column.</summary>
    /// <param name="values">The values, <c>[n, c]</c>.</param>
    /// <returns>The values, <c>[n, B]</c>.</returns>
    public Tensor OfColumns(Tensor values) => values.index_select(-1, _firsts);

    public void Dispose()
    {
        foreach (Tensor constant in new[] { _codes, _codesBack, _logShares, _halfSquares, _middles, _powers, _firsts })
        {
            constant.Dispose();
        }
    }

    private static CategoryCode CodeOf(PlacedBlock placed) => ((CategoryBlock)placed.Block).Code;
}
