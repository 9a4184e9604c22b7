using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training;

/// <summary>A way to train with all its parts.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Objective">What the network is trained for.</param>
/// <param name="Training">The options of the run.</param>
/// <param name="Network">The shape of the network for points of a dimension.</param>
/// <param name="Points">The number of fixed points drawn from a data set; null means fresh ones in every batch.</param>
/// <param name="WithReplacement">Whether a batch is drawn from fixed points with replacement; otherwise all come once in random order,
/// then again.</param>
public sealed record Recipe(
    string Name,
    Objective Objective,
    TrainingOptions Training,
    Func<int, EpsilonMlpOptions> Network,
    int? Points,
    bool WithReplacement)
{
    private const int LabPoints = 1_000;
    private const int LabBatch = 256;

    /// <summary>All recipes, the default first: a new one is added with a line here.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "default",
            new Objective(),
            new TrainingOptions(),
            dimension => new EpsilonMlpOptions { Dimension = dimension },
            Points: null,
            WithReplacement: false),
        new(
            "lab",
            new Objective { StratifiedTimesteps = false },
            new TrainingOptions
            {
                Iterations = 100,
                Batch = LabBatch,
                LearningRate = 1e-3,
                RateSchedule = RateSchedule.Constant,
                Ema = 0,
            },
            EpsilonMlpOptions.Plain,
            LabPoints,
            WithReplacement: true),
    ];

    /// <summary>Finds a recipe by its name.</summary>
    /// <exception cref="DiffusionException">There is no recipe of that name.</exception>
    public static Recipe Find(string name) => Catalogue.Find(All, recipe => recipe.Name, name, "recipe");

    /// <summary>The data with their batches drawn as the recipe draws them.</summary>
    public TrainingSet Draw(TrainingSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return WithReplacement && data.Source is FixedSamples samples ? data with { Source = samples.WithReplacement() } : data;
    }
}
