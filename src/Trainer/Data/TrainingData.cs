using Diffusion.DataSets;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Training.Data;

/// <summary>Finds the data that a command line names.</summary>
public static class TrainingData
{
    /// <summary>Opens a data set or a file.</summary>
    /// <exception cref="DiffusionException">There is no such data set or file, the file is not usable, or an option does not fit.</exception>
    public static TrainingSet Open(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (request.IsFile)
        {
            (DataInfo info, PointSet rows, IReadOnlyList<string> remarks) = Table.Read(request.Name, request.Columns);
            return Split(info, rows, request.HoldOut ?? DataRequest.DefaultHoldOut, request.Seed, remarks);
        }

        IDataSet set = Find(request.Name);
        if (request.Points is not { } points)
        {
            return new TrainingSet(new FreshPoints(set), HoldOut: null, []);
        }

        int most = Array.MaxLength / set.Dimension;
        return points >= 1 && points <= most
            ? Split(new DataInfo { Name = set.Name, Dimension = set.Dimension }, set.Draw(points, request.Seed), request.HoldOut ?? 0, request.Seed, [])
            : throw new DiffusionException($"The number of points must be from 1 to {most}, was {points}.");
    }

    /// <summary>Sets a share of the points aside, at random.</summary>
    private static TrainingSet Split(DataInfo info, PointSet points, double share, ulong seed, IReadOnlyList<string> remarks)
    {
        int heldOut = (int)(share * points.Count);
        if (heldOut == 0)
        {
            return new TrainingSet(new FixedPoints(info, points), HoldOut: null, remarks);
        }

        int[] order = Permutation.Of(points.Count, seed, RandomDomain.HoldOut);
        return new TrainingSet(
            new FixedPoints(info, points.Select(order.AsSpan(heldOut))),
            points.Select(order.AsSpan(0, heldOut)),
            [.. remarks, $"{heldOut} of {points.Count} points are held out to see how well others are learned; --hold-out 0 learns from all."]);
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
}
