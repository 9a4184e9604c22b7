namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>Cuts a column into bins: numbers at quantiles of the training rows, categories one by one.</summary>
internal sealed class Binning
{
    /// <summary>The number of bins, that of missing cells included.</summary>
    public const int Count = Missing + 1;

    /// <summary>The bin of missing cells, and of categories that no training row has.</summary>
    public const byte Missing = byte.MaxValue;

    /// <summary>The last number of each bin but the last one, or the categories.</summary>
    private readonly double[] _edges;

    /// <summary>Learns the bins of a column.</summary>
    public Binning(Feature training)
    {
        double[] values = [.. training.Values.Where(value => !double.IsNaN(value)).Order()];
        double[] different = [.. values.Distinct()];
        IsCategory = training.IsCategory;
        HasMissing = values.Length < training.Values.Length;
        _edges = IsCategory ? [.. different.Where(code => code < Missing)]
            : different.Length <= Missing ? [.. different.Zip(different.Skip(1), (one, next) => (one + next) / 2)]
            : [.. Enumerable.Range(1, Missing - 1).Select(i => Quantile(values, (double)i / Missing)).Distinct()];
    }

    /// <summary>Gets a value indicating whether the bins are categories.</summary>
    public bool IsCategory { get; }

    /// <summary>Gets a value indicating whether a training row lacks the cell.</summary>
    public bool HasMissing { get; }

    /// <summary>Gets the number of bins without that of missing cells, at most 255.</summary>
    public int Known => IsCategory ? _edges.Length : _edges.Length + 1;

    /// <summary>Returns the bin of each cell.</summary>
    public byte[] Apply(double[] values) => Array.ConvertAll(values, BinOf);

    private byte BinOf(double value)
    {
        if (double.IsNaN(value))
        {
            return Missing;
        }

        int edge = Array.BinarySearch(_edges, value);
        return edge >= 0 ? (byte)edge : IsCategory ? Missing : (byte)~edge;
    }

    /// <summary>The middle of the two sorted values around a quantile.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        return (sorted[(int)Math.Floor(place)] + sorted[(int)Math.Ceiling(place)]) / 2;
    }
}
