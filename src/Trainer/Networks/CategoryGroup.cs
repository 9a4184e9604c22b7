using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.TorchExport;
using static TorchSharp.torch;

namespace Diffusion.Training.Networks;

/// <summary>
/// The B category columns of one width w, computed together. Each has up to K categories with codes E_k and shares p_k; where there are
/// fewer, the rest have no share.
/// </summary>
internal sealed class CategoryGroup : IDisposable
{
    /// <summary>log p of a category that is not there. Larger ones add up to a share where others are rare.</summary>
    private const float NoShare = -1e9f;

    private readonly Tensor _codes;
    private readonly Tensor _codesBack;
    private readonly Tensor _logShares;
    private readonly Tensor _halfSquares;
    private readonly Tensor _scoreOffsets;

    /// <param name="blocks">The columns, which lie next to each other.</param>
    public CategoryGroup(IReadOnlyList<PlacedBlock> blocks)
    {
        CategoryCode[] codes = [.. blocks.Select(placed => ((CategoryBlock)placed.Block).Code)];
        (Start, Count, Width, Most) = (blocks[0].Start, blocks.Count, codes[0].Width, codes.Max(code => code.Count));
        float[] matrix = new float[Coordinates * Logits];
        float[] logShares = new float[Logits];
        float[] halfSquares = new float[Logits];
        float[] scoreOffsets = new float[Logits];
        for (int b = 0; b < Count; b++)
        {
            for (int k = 0; k < Most; k++)
            {
                int logit = (b * Most) + k;
                bool isThere = k < codes[b].Count;
                logShares[logit] = isThere ? (float)codes[b].LogShares[k] : NoShare;
                for (int bit = 0; bit < Width && isThere; bit++)
                {
                    double coordinate = codes[b].Encode(k)[bit];
                    matrix[(((b * Width) + bit) * Logits) + logit] = (float)coordinate;
                    halfSquares[logit] += (float)(coordinate * coordinate / 2);
                }

                scoreOffsets[logit] = isThere ? halfSquares[logit] : -NoShare;
            }
        }

        _codes = tensor(matrix, [Coordinates, Logits]);
        _codesBack = _codes.t().contiguous();
        _logShares = tensor(logShares, [1, Logits]);
        _halfSquares = tensor(halfSquares, [1, Logits]);
        _scoreOffsets = tensor(scoreOffsets, [1, Logits]);
    }

    /// <summary>Gets the first coordinate of the group.</summary>
    public int Start { get; }

    /// <summary>Gets the number B of columns.</summary>
    public int Count { get; }

    /// <summary>Gets the number w of coordinates of each column.</summary>
    public int Width { get; }

    /// <summary>Gets the largest number K of categories of a column.</summary>
    public int Most { get; }

    /// <summary>Gets the number B·w of coordinates.</summary>
    public int Coordinates => Count * Width;

    /// <summary>Gets the number B·K of logits.</summary>
    public int Logits => Count * Most;

    /// <summary>Computes the logits of the exact posterior of independent categories, log p_k + (√ᾱ/(1−ᾱ))·(x·E_k −
    /// √ᾱ·|E_k|²/2) up to a constant, by Bayes' rule for x = √ᾱ·E_k + √(1−ᾱ)·ε.</summary>
    /// <param name="net">Holds constants.</param>
    /// <param name="x">The noisy coordinates of the group, <c>[n, B·w]</c>.</param>
    /// <param name="signal">√ᾱ, <c>[m, 1]</c>.</param>
    /// <param name="precision">√ᾱ/(1−ᾱ), <c>[m, 1]</c>.</param>
    /// <returns>The logits, <c>[n, B·K]</c>.</returns>
    public T Posterior<T>(INet<T> net, T x, T signal, T precision)
        where T : IValue<T>
        => net.Constant(_logShares)
            + (precision * (x.MatMul(net.Constant(_codes)) - (signal * net.Constant(_halfSquares))));

    /// <summary>Computes the expected codes of categories, Σ softmax(logits)_k·E_k.</summary>
    /// <param name="net">Holds constants.</param>
    /// <param name="logits">The logits, <c>[n, B·K]</c>.</param>
    /// <returns>The predicted clean coordinates, <c>[n, B·w]</c>.</returns>
    public T Expected<T>(INet<T> net, T logits)
        where T : IValue<T>
        => logits.Reshape(-1, Count, Most).Softmax(-1).Reshape(-1, Logits).MatMul(net.Constant(_codesBack));

    /// <summary>Computes −log of the probability of the true categories.</summary>
    /// <param name="logits">The logits, <c>[n, B·K]</c>.</param>
    /// <param name="clean">The clean coordinates of the group, <c>[n, B·w]</c>.</param>
    /// <returns>The cross-entropy of each column, <c>[n, B]</c>.</returns>
    public Tensor CrossEntropy(Tensor logits, Tensor clean)
    {
        // The nearest code, as in decoding.
        Tensor scores = clean.matmul(_codes) - _scoreOffsets;
        Tensor categories = scores.reshape(-1, Count, Most).argmax(-1, keepdim: true);
        return -nn.functional.log_softmax(logits.reshape(-1, Count, Most), -1).gather(-1, categories).squeeze(-1);
    }

    /// <summary>Returns, of values of the coordinates of the group that are alike within each column, the one of each column.</summary>
    /// <param name="values">The values, <c>[n, B·w]</c>.</param>
    /// <returns>The values, <c>[n, B]</c>.</returns>
    public Tensor OfColumns(Tensor values) => values.reshape(-1, Count, Width).select(-1, 0);

    public void Dispose()
    {
        foreach (Tensor constant in new[] { _codes, _codesBack, _logShares, _halfSquares, _scoreOffsets })
        {
            constant.Dispose();
        }
    }
}
