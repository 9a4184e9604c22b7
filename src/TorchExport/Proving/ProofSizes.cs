using Diffusion.Onnx;

namespace Diffusion.TorchExport.Proving;

/// <summary>The lengths of the open axes in the rounds of a proof.</summary>
internal static class ProofSizes
{
    private static readonly int[] Usual = [1, 2, 7, 64];

    /// <summary>Returns the length of each open axis by its symbol, for every round of the proof.</summary>
    /// <remarks>
    /// Every axis takes each of its lengths twice. The first axis starts with its first length, the second axis with its second length, and
    /// so on, so that different axes have different lengths. A broadcast axis alternates between the length 1 and that of its other axis;
    /// the second half of the rounds exchanges the two.
    /// </remarks>
    public static IEnumerable<IReadOnlyDictionary<string, int>> Rounds(OnnxExportOptions options)
    {
        string[] symbols = [.. options.OpenAxes];
        string[] free = [.. symbols.Where(symbol => !options.BroadcastAxes.ContainsKey(symbol))];
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
                sizes[symbol] = isOne ? 1 : sizes[options.BroadcastAxes[symbol]];
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
