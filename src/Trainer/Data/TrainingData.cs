using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Training.Data;

/// <summary>Finds the data that a command line names.</summary>
public static class TrainingData
{
    /// <summary>Opens a data set or a file.</summary>
    /// <exception cref="DiffusionException">There is no such data set or file, the file is not
    /// usable, or an option does not fit.</exception>
    public static TrainingSet Open(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (request.IsFile)
        {
            (DataInfo info, PointSet rows, IReadOnlyList<string> remarks) = PointRows.Read(request);
            return Split(info, rows, request.HoldOut ?? DataRequest.DefaultHoldOut, request.Seed, remarks);
        }

        IDataSet set = Find(request.Name);
        if (request.Points is not { } points)
        {
            return new TrainingSet(InfoOf(set), new FreshPoints(set), HoldOut: null, []);
        }

        int most = Array.MaxLength / set.Dimension;
        return points >= 1 && points <= most
            ? Split(InfoOf(set), set.Draw(points, request.Seed), request.HoldOut ?? 0, request.Seed, [])
            : throw new DiffusionException($"The number of points must be between 1 and {most}; was {points}.");
    }

    private static DataInfo InfoOf(IDataSet set) => new() { Name = set.Name, Dimension = set.Dimension };

    /// <summary>Sets a share of the points aside, at random. Points that are equal to the network stay together: a copy of a point that is
    /// learned would hide that it is known by heart.</summary>
    private static TrainingSet Split(DataInfo info, PointSet points, double share, ulong seed, IReadOnlyList<string> remarks)
    {
        int target = (int)(share * points.Count);
        if (target == 0)
        {
            return new TrainingSet(info, new FixedSamples(points), HoldOut: null, remarks);
        }

        int[] order = Permutation.Of(points.Count, seed, RandomDomain.HoldOut);
        int[] first = EqualRows.FindFirst(points.AsMemory(), points.Dimension);
        bool[] isHeldOut = ChooseGroups(order, first, target);
        int[] held = [.. order.Where(row => isHeldOut[first[row]])];
        return held.Length == 0
            ? new TrainingSet(
                info,
                new FixedSamples(points),
                HoldOut: null,
                [.. remarks, $"No points are held out: each occurs more than {target} times, and equal points stay together."])
            : new TrainingSet(
                info,
                new FixedSamples(points.Select([.. order.Where(row => !isHeldOut[first[row]])])),
                new FixedSamples(points.Select(held)),
                [
                    .. remarks,
                    $"{held.Length} of {points.Count} points are held out to measure the loss on unseen data; "
                        + "a hold-out share of 0 trains on all.",
                ]);
    }

    /// <summary>Holds out the groups of equal points that come first in an order, as long as they fit into the number of points asked
    /// for.</summary>
    /// <param name="order">The points in random order.</param>
    /// <param name="first">For each point the first one that equals it.</param>
    /// <param name="target">The number of points to hold out.</param>
    /// <returns>Whether the group of a first point is held out.</returns>
    private static bool[] ChooseGroups(int[] order, int[] first, int target)
    {
        int[] sizes = new int[first.Length];
        foreach (int group in first)
        {
            sizes[group]++;
        }

        bool[] isHeldOut = new bool[first.Length];
        bool[] isDecided = new bool[first.Length];
        int held = 0;
        foreach (int group in order.Select(row => first[row]))
        {
            if (!isDecided[group] && sizes[group] <= target - held)
            {
                isHeldOut[group] = true;
                held += sizes[group];
            }

            isDecided[group] = true;
        }

        return isHeldOut;
    }

    private static IDataSet Find(string name)
    {
        try
        {
            return KnownDataSets.Find(name);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"{exception.Message} Or use a .csv or .npy file.", exception);
        }
    }
}
