using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Training.Data.Tables;

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
        if (request.IsTable)
        {
            return TableTrainingData.Open(request);
        }

        if (request.IsFile)
        {
            (DataInfo info, PointSet rows, IReadOnlyList<string> remarks) = PointRows.Read(request);
            return Split(info, rows, request.HoldOut ?? DataRequest.DefaultHoldOut, request.Seed, remarks);
        }

        if (Path.HasExtension(request.Name))
        {
            TableFile.RequireEnding(request.Name);
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

    /// <summary>Sets a share of the points aside, at random.</summary>
    private static TrainingSet Split(DataInfo info, PointSet points, double share, ulong seed, IReadOnlyList<string> remarks)
    {
        HoldOutRows split = HoldOutRows.Choose(EqualRows.FindFirst(points.AsMemory(), points.Dimension), share, seed);
        remarks = [.. remarks, .. split.Remarks];
        return split.Held.Length == 0
            ? new TrainingSet(info, new FixedSamples(points), HoldOut: null, remarks)
            : new TrainingSet(
                info, new FixedSamples(points.Select(split.Learned)), new FixedSamples(points.Select(split.Held)), remarks);
    }

    private static IDataSet Find(string name)
    {
        try
        {
            return KnownDataSets.Find(name);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"{exception.Message} Or use a {TableFile.Endings} file.", exception);
        }
    }
}
