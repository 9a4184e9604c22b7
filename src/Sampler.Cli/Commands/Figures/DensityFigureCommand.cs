using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.DataSets;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Sampling;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure density: where a model in the plane expects points, and where its data set has them.</summary>
internal static class DensityFigureCommand
{
    private const int DefaultCells = 128;
    private const int FewestCells = 8;
    private const int MostCells = 1_000;

    /// <summary>Enough for the eye: the mean log-likelihood is right to some 0.003 nats.</summary>
    private const int Steps = 25;

    /// <summary>The samples that say which part of the plane is worth showing.</summary>
    private const int Samples = 2_000;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<int> cells = new("--cells") { Description = "Cells along a side", DefaultValueFactory = _ => DefaultCells };
        FigureFile file = new("NAME-density");
        Command command = new("density", "The density of a model in the plane, by its probability-flow ODE.") { model, cells };
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            Check(sampler, parsed.GetValue(cells));
            file.Write(parsed, $"{sampler.Card.Data.Name}-density", scale => Draw(sampler, parsed.GetValue(cells), scale, cancellationToken));
        });
        return command;
    }

    private static void Check(DiffusionSampler sampler, int cells)
    {
        if (sampler.Card.Data.Dimension != 2)
        {
            throw new DiffusionException($"A density is drawn in the plane; this model has dimension {sampler.Card.Data.Dimension}. diffusion likelihood works in any.");
        }

        if (cells is < FewestCells or > MostCells)
        {
            throw new DiffusionException($"The number of cells along a side must be from {FewestCells} to {MostCells}, was {cells}.");
        }
    }

    private static Picture Draw(DiffusionSampler sampler, int cells, float scale, CancellationToken cancellationToken)
    {
        LikelihoodOptions options = new() { Steps = Math.Min(Steps, sampler.Card.Schedule.TrainTimesteps) };
        PlotRange range = PlotRange.Around(sampler.Sample(Samples));
        PointSet centers = CentersOf(range, cells);
        double[] logs = ProgressMeter.Show("density", meter => sampler.LogLikelihood(centers, options, new SamplingMeter(meter), cancellationToken));
        List<DensityPanel> panels = [new DensityPanel("the model", Array.ConvertAll(logs, Math.Exp))];
        if (TruthOf.Model(sampler.Card) is GaussianMixture mixture)
        {
            panels.Add(new DensityPanel("the data, in closed form", [.. Enumerable.Range(0, centers.Count).Select(i => Math.Exp(mixture.LogDensity(centers[i])))]));
        }

        string subtitle = string.Create(CultureInfo.InvariantCulture, $"probability-flow ODE, {options.Steps} steps of rk4");
        return DensityFigure.Draw($"{sampler.Card.Data.Name}: density", subtitle, panels, range, scale: scale);
    }

    /// <summary>The middle of every cell, row by row from the top left.</summary>
    private static PointSet CentersOf(PlotRange range, int cells)
    {
        float[] centers = new float[2 * cells * cells];
        for (int k = 0; k < cells * cells; k++)
        {
            (int row, int column) = (k / cells, k % cells);
            centers[2 * k] = (float)double.Lerp(range.Left, range.Right, (column + 0.5) / cells);
            centers[(2 * k) + 1] = (float)double.Lerp(range.Top, range.Bottom, (row + 0.5) / cells);
        }

        return new PointSet(centers, 2);
    }
}
