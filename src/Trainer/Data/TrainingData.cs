using Diffusion.DataSets;
using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Sampling;

namespace Diffusion.Training.Data;

/// <summary>Finds the data that a command line names.</summary>
public static class TrainingData
{
    /// <summary>Opens a data set or a file.</summary>
    /// <param name="data">The name of a data set, or a .csv or .npy file.</param>
    /// <param name="points">For a data set: train on that many fixed points rather than on fresh ones.</param>
    /// <param name="seed">The seed of the fixed points.</param>
    /// <exception cref="DiffusionException">There is no such data set or file, or the file is not usable.</exception>
    public static IPointSource Open(string data, int? points, ulong seed)
    {
        if (PointFile.IsPointFile(data))
        {
            return points is null
                ? Standardize(Path.GetFileName(data), PointFile.Read(data))
                : throw new DiffusionException("The number of points belongs to data sets; a file is used whole. Leave --points out.");
        }

        IDataSet set = Find(data);
        if (points is null)
        {
            return new FreshPoints(set);
        }

        int most = Array.MaxLength / set.Dimension;
        return points >= 1 && points <= most
            ? new FixedPoints(new DataInfo { Name = set.Name, Dimension = set.Dimension }, set.Draw(points.Value, seed))
            : throw new DiffusionException($"The number of points must be from 1 to {most}, was {points}.");
    }

    private static IDataSet Find(string name)
    {
        try
        {
            return KnownDataSets.Find(name);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"{exception.Message} A file whose name ends in .csv or .npy will do as well.", exception);
        }
    }

    /// <summary>Gives every column mean 0 and standard deviation 1, and keeps what undoes it.</summary>
    private static FixedPoints Standardize(string file, PointSet set)
    {
        double[] shift = new double[set.Dimension];
        double[] scale = new double[set.Dimension];
        for (int column = 0; column < set.Dimension; column++)
        {
            double mean = Enumerable.Range(0, set.Count).Average(i => (double)set[i][column]);
            double variance = Enumerable.Range(0, set.Count).Average(i => (set[i][column] - mean) * (set[i][column] - mean));
            shift[column] = mean;
            scale[column] = variance > 0 ? Math.Sqrt(variance) : 1;
        }

        DataInfo info = new() { Name = Path.GetFileNameWithoutExtension(file), File = file, Dimension = set.Dimension, Columns = set.Columns, Shift = shift, Scale = scale };
        return new FixedPoints(info, DataUnits.Standardize(info, set));
    }
}
