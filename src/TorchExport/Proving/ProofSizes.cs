using Diffusion.Onnx;

namespace Diffusion.TorchExport.Proving;

/// <summary>The lengths of the open axes in the rounds of a proof.</summary>
internal static class ProofSizes
{
    private static readonly int[] Usual = [1, 2, 7, 64];

    /// <summary>
    /// The lengths by symbol, round by round: each axis goes through its lengths twice, each begins one further on, and an axis of the
    /// length 1 or that of another is 1 in every second round; the second time in the other rounds.
    /// </summary>
    public static IEnumerable<IReadOnlyDictionary<string, int>> Rounds(OnnxExportOptions options)
    {
        string[] symbols = [.. options.Inputs.SelectMany(input => input.Axes).Select(axis => axis.Symbol).OfType<string>().Distinct()];
        string[] free = [.. symbols.Where(symbol => !options.Broadcast.ContainsKey(symbol))];
        int rounds = free.Select(symbol => Lengths(options, symbol).Count).Append(Usual.Length).Max();
        for (int round = 0; round < 2 * rounds; round++)
        {
            Dictionary<string, int> sizes = [];
            for (int k = 0; k < free.Length; k++)
            {
                IReadOnlyList<int> lengths = Lengths(options, free[k]);
                sizes[free[k]] = lengths[(round + k) % lengths.Count];
            }

            bool isOne = (round + (round / rounds)) % 2 == 0;
            foreach (string symbol in symbols.Except(free))
            {
                sizes[symbol] = isOne ? 1 : sizes[options.Broadcast[symbol]];
            }

            yield return sizes;
        }
    }

    /// <summary>The shape of an input in a round.</summary>
    public static long[] Shape(IReadOnlyList<Axis> axes, IReadOnlyDictionary<string, int> sizes)
        => [.. axes.Select(axis => axis.Length ?? sizes[axis.Symbol!])];

    private static IReadOnlyList<int> Lengths(OnnxExportOptions options, string symbol)
        => options.AxisSizes.GetValueOrDefault(symbol, Usual);
}
