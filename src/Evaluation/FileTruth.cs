using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Evaluation;

/// <summary>
/// The rows of a file, in the units of the network so that all columns count alike, split anew
/// for every draw into two parts that share no row.
/// </summary>
public sealed class FileTruth : ITruth
{
    private readonly DataInfo _data;
    private readonly PointSet _rows;

    /// <param name="path">What to call the file.</param>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="file">The rows in the units of the data, as <see cref="DataUnits.Standardize(DataInfo, NumericTable)"/> takes
    /// them.</param>
    /// <exception cref="DiffusionException">There is only one row.</exception>
    public FileTruth(string path, DataInfo data, TableContent file)
    {
        if (file.Table.Count < 2)
        {
            throw new DiffusionException($"'{path}' has 1 row; at least 2 rows are required.");
        }

        Name = $"rows of {path}";
        _data = data;
        _rows = InItsUnits(file.Table);
        Remarks = file.Remarks;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int LargestCount => _rows.Count / 2;

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures => Measure.ForFile;

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks { get; }

    /// <inheritdoc/>
    public PointSet InItsUnits(NumericTable samples) => PointSet.FromSamples(DataUnits.Standardize(_data, samples));

    /// <inheritdoc/>
    public (PointSet Reference, PointSet Fresh) Draw(int count, uint seed)
    {
        int[] order = Permutation.Of(_rows.Count, seed, RandomDomain.Choice);
        return (_rows.Select(order.AsSpan(0, count)), _rows.Select(order.AsSpan(count, count)));
    }
}
