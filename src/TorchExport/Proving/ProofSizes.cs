using Diffusion.Onnx;

namespace Diffusion.TorchExport.Proving;

/// <summary>The lengths of the open axes in the rounds of a proof.</summary>
internal static class ProofSizes
{
    private static readonly int[] Usual = [1, 2, 7, 64];

    /// <summary>Returns the length of each open axis, by its symbol, round by round.</summary>
    /// <remarks>
    /// Each axis takes all of its lengths twice. Axis k starts with its length k, so that not all are 1 at once. An axis that broadcasts
    /// is 1 in every other round, and in the second half in those rounds in which it was not 1 before.
    /// </remarks>
    /// <exception cref="DiffusionException">An axis broadcasts to one that no input has.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, int>> Rounds(OnnxExportOptions options)
    {
        string[] symbols = [.. options.Inputs.SelectMany(input => input.Axes).Select(axis => axis.Symbol).OfType<string>().Distinct()];
        string[] free = [.. symbols.Where(symbol => !options.BroadcastAxes.ContainsKey(symbol))];
        foreach (string symbol in symbols.Except(free).Where(symbol => !free.Contains(options.BroadcastAxes[symbol])))
        {
            throw new DiffusionException(
                $"The axis '{symbol}' broadcasts to '{options.BroadcastAxes[symbol]}', which is no open axis of an input. "
                    + $"The open axes are: {string.Join(", ", free)}.");
        }

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
