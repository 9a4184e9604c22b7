using Diffusion.Cards;
using Diffusion.Points;

namespace Diffusion.Data.BuiltIn;

/// <summary>The catalogue of data sets: a new one is added with a file of its own and a line here.</summary>
public static class KnownDataSets
{
    private const int RadialComponents = 8;

    /// <summary>All data sets, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<IDataSet> All { get; } =
    [
        new Moons(),
        new Circles(),
        new GaussianMixture("2gmm",
        [
            new GaussianComponent(1.0 / 3, (0, 1), (0.05, -0.02, -0.02, 0.4)),
            new GaussianComponent(2.0 / 3, (-1, 0), (0.3, 0.05, 0.05, 0.05)),
        ]),
        new GaussianMixture("radial_gmm",
        [
            .. Enumerable.Range(0, RadialComponents).Select(k => GaussianComponent.Radial(
                weight: 1.0 / RadialComponents, radius: 3, angle: k * Math.Tau / RadialComponents, radial: 0.3, tangential: 0.05)),
        ]),
    ];

    /// <summary>Finds a data set by its name.</summary>
    /// <exception cref="DiffusionException">There is no data set of that name.</exception>
    public static IDataSet Find(string name) => Catalogue.Find(All, set => set.Name, name, "data set");

    /// <summary>Finds the data set that a model was trained on.</summary>
    /// <returns>The data set, or null if the model was trained on a file or on data that are not built in.</returns>
    public static IDataSet? ForModel(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Data is { File: null, HasUnits: false }
            ? All.FirstOrDefault(set => set.Name == card.Data.Name && set.Dimension == card.Data.Dimension)
            : null;
    }

    /// <summary>Draws <paramref name="count"/> points, <c>[n, d]</c>.</summary>
    public static PointSet Draw(this IDataSet set, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        float[] points = new float[count * set.Dimension];
        set.Draw(seed, 0, points);
        return new PointSet(points, set.Dimension);
    }
}
