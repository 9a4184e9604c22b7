using Diffusion.DataSets;
using Diffusion.Models;

namespace Diffusion.Cli;

/// <summary>Finds the distribution that a model was trained on.</summary>
internal static class TruthOf
{
    /// <summary>The data set of a model, or null where it was trained on a file.</summary>
    public static IDataSet? Model(ModelCard card) => card.Data is { File: null, HasUnits: false }
        ? KnownDataSets.All.FirstOrDefault(set => set.Name == card.Data.Name && set.Dimension == card.Data.Dimension)
        : null;

    /// <summary>The data set of a model that must have one.</summary>
    /// <exception cref="DiffusionException">The model was trained on a file.</exception>
    public static IDataSet RequireModel(ModelCard card)
        => Model(card) ?? throw new DiffusionException(
            $"The model was trained on '{card.Data.Name}', which is not a built-in data set. "
                + $"Use a model of one of: {string.Join(", ", KnownDataSets.All.Select(set => set.Name))}.");
}
