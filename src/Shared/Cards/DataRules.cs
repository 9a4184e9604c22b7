using Diffusion.Codecs;
using Diffusion.Samples;

namespace Diffusion.Cards;

/// <summary>The rules that the data of a card keep.</summary>
internal static class DataRules
{
    /// <summary>Between these scales, data in float32 have room for outliers.</summary>
    private const double SmallestUnit = 1e-30, LargestUnit = 1e30;

    /// <summary>Refuses data that break a rule.</summary>
    /// <param name="data">The data.</param>
    /// <param name="place">What to call them in messages.</param>
    /// <exception cref="DiffusionException">A value is out of range, or contradicts another.</exception>
    public static void Require(DataInfo data, string place)
    {
        RequireShape(data, place);

        // The name becomes part of file names; it must not lead out of a folder.
        if (string.IsNullOrWhiteSpace(data.Name) || data.Name is "." or ".." || data.Name.Any(c => c is '/' or '\\' || char.IsControl(c)))
        {
            throw new DiffusionException($"{place}: the name must be a plain word without slashes; was '{data.Name}'.");
        }

        RequireLength("columns", data.Columns?.Count);
        RequireLength("shift", data.Shift?.Count);
        RequireLength("scale", data.Scale?.Count);
        if (data.Columns?.All(column => column is not null) == false)
        {
            throw new DiffusionException($"{place}: every column must have a name; at least 1 name is null.");
        }

        if (data.Shift?.All(shift => Math.Abs(shift) <= LargestUnit) == false
            || data.Scale?.All(scale => scale is >= SmallestUnit and <= LargestUnit) == false)
        {
            throw new DiffusionException(
                $"{place}: every scale must be between {SmallestUnit} and {LargestUnit}, and every shift "
                    + $"between -{LargestUnit} and {LargestUnit}.");
        }

        RequireConstants(data, place);
        RequireTable(data, place);

        void RequireLength(string name, int? length)
        {
            if (length is not null && length != data.Dimension)
            {
                throw new DiffusionException(
                    $"{place}: {name} must have {data.Dimension} entries, one for each coordinate; found {length}.");
            }
        }
    }

    private static void RequireShape(DataInfo data, string place)
    {
        int most = data.ImageLengths is null && data.Table is null ? ModelCard.LargestDimension : SampleShape.LargestSize;
        if (data.Dimension < 1 || data.Dimension > most)
        {
            throw new DiffusionException($"{place}: the dimension must be between 1 and {most}; was {data.Dimension}.");
        }

        if (data.ImageLengths is not null && data.Shape.Size != data.Dimension)
        {
            throw new DiffusionException(
                $"{place}: the dimension must be {data.Shape.Size} for images of the shape {data.Shape}; was {data.Dimension}.");
        }
    }

    private static void RequireTable(DataInfo data, string place)
    {
        if (data.Table is not { } table)
        {
            return;
        }

        TableRules.Require(table, $"{place}, table");
        bool hasUnits = data.Shift is not null || data.Scale is not null || data.Constants is not null || data.Columns is not null;
        if (hasUnits || data.ImageLengths is not null || data.Dimension != table.Dimension)
        {
            throw new DiffusionException(
                $"{place}: a table of {table.Dimension} coordinates must have no columns, units, constants or image of the data "
                    + $"and the dimension {table.Dimension}; was {data.Dimension}.");
        }
    }

    private static void RequireConstants(DataInfo data, string place)
    {
        if (data.Constants is not { } constants)
        {
            return;
        }

        if (constants.Any(constant => constant is null) || data.Width > ModelCard.LargestDimension
            || constants.Any(constant => constant.Position < 0 || constant.Position >= data.Width)
            || constants.DistinctBy(constant => constant.Position).Count() != constants.Count)
        {
            throw new DiffusionException(
                $"{place}: constants must have different positions "
                    + $"between 0 and {Math.Min(data.Width, ModelCard.LargestDimension) - 1}.");
        }

        if (!constants.All(constant => double.IsFinite(constant.Value)))
        {
            throw new DiffusionException($"{place}: every constant must be a finite number.");
        }

        if (constants.Any(constant => constant.Name is null != data.Columns is null))
        {
            throw new DiffusionException($"{place}: constants must have names if and only if the columns have names.");
        }
    }
}
