using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure density: where a model in the plane expects points, and where its data set has them.</summary>
internal static class DensityFigureCommand
{
    private const int DefaultCells = 96;
    private const int FewestCells = 8;
    private const int MostCells = 1_000;

    /// <summary>Enough for the eye: the mean log-likelihood is right to some 0.003 nats.</summary>
    private const int Steps = 25;

    /// <summary>The samples that say which part of the plane is worth showing.</summary>
    private const int Samples = 2_000;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<int> cells = new("--cells")
        {
            Description = $"Number of cells along a side, between {FewestCells} and {MostCells}", DefaultValueFactory = _ => DefaultCells,
        };
        TimesOption times = new(least: 0);
        FigureFile file = new("NAME-density");
        Command command = new(
            "density", "Draws the density of a model of dimension 2 at several times, and the exact density below if it is known.")
        {
            model, cells,
        };
        times.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            PlaneModel.Require(sampler, "diffusion likelihood, which works in any dimension");
            IReadOnlyList<NoiseLevel> levels = times.Read(parsed, sampler.Card.Schedule);
            int side = parsed.GetValue(cells);
            if (side is < FewestCells or > MostCells)
            {
                throw new DiffusionException(
                    $"The number of cells along a side must be between {FewestCells} and {MostCells}; was {side}.");
            }

            file.Write(parsed, $"{sampler.Card.Data.Name}-density", theme => Draw(sampler, levels, side, theme, cancellationToken));
        });
        return command;
    }

    private static Drawing Draw(
        DiffusionSampler sampler, IReadOnlyList<NoiseLevel> levels, int side, Theme theme, CancellationToken cancellationToken)
    {
        LikelihoodOptions options = new() { Steps = Math.Min(Steps, sampler.Card.Schedule.TrainTimesteps) };
        PlotRange range = PlaneModel.RangeOf(sampler, Samples);
        PointSet centers = Lattice.Of(range, side);
        List<DensityPanel> panels =
        [
            .. levels.Select(level => new DensityPanel(
                MomentLabel.Of(level),
                Array.ConvertAll(
                    ProgressMeter.Show("density", meter => sampler.LogLikelihood(
                        centers, options with { Timestep = level.Timestep }, new SamplingMeter(meter), cancellationToken)),
                    Math.Exp))),
        ];
        bool hasTruth = KnownDataSets.ForModel(sampler.Card) is GaussianMixture;
        if (KnownDataSets.ForModel(sampler.Card) is GaussianMixture mixture)
        {
            panels.AddRange(levels.Select(level => new DensityPanel(
                "exact",
                [.. Enumerable.Range(0, centers.Count).Select(i => Math.Exp(mixture.LogDensity(centers[i], level)))])));
        }

        string subtitle = string.Create(
            CultureInfo.InvariantCulture,
            $"{(hasTruth ? "top: the model" : "the model")}, by its probability-flow ODE with {options.Steps} rk4 steps"
                + $"{(hasTruth ? "; bottom: the data, in closed form" : "")}");
        return DensityFigure.Draw(
            $"{sampler.Card.Data.Name}: density p(x) from noise to data", subtitle, panels, range, levels.Count, theme);
    }
}
