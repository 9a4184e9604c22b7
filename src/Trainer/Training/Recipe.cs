using Diffusion.Onnx.Networks;

namespace Diffusion.Training;

/// <summary>A way to train with all its parts.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Training">The options of the run.</param>
/// <param name="Network">The shape of the network for points of a dimension.</param>
/// <param name="Points">The number of fixed points drawn from a data set; null means fresh ones in every batch.</param>
public sealed record Recipe(string Name, TrainingOptions Training, Func<int, EpsilonMlpOptions> Network, int? Points)
{
    private const int LabPoints = 1_000;

    /// <summary>All recipes, the default first: a new one is added with a line here.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("default", new TrainingOptions(), dimension => new EpsilonMlpOptions { Dimension = dimension }, Points: null),
        new(
            "lab",
            new TrainingOptions
            {
                Iterations = 100,
                Batch = LabPoints,
                LearningRate = 1e-3,
                RateSchedule = RateSchedule.Constant,
                StratifiedTimesteps = false,
                Ema = 0,
            },
            EpsilonMlpOptions.Plain,
            LabPoints),
    ];

    /// <summary>Finds a recipe by its name.</summary>
    /// <exception cref="DiffusionException">There is no recipe of that name.</exception>
    public static Recipe Find(string name) => Catalogue.Find(All, recipe => recipe.Name, name, "recipe");
}
