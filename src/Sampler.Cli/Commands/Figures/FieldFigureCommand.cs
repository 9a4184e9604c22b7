using System.CommandLine;
using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure field: where the probability-flow ODE carries points at some times.</summary>
internal static class FieldFigureCommand
{
    private const int Side = 22;
    private const int Points = 1_000;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        TimesOption times = new(least: 1);
        FigureFile file = new("NAME-field");
        Command command = new("field", "Draws the vector field of the probability-flow ODE at several times.") { model };
        times.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, _) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            PlaneModel.Require(sampler, "diffusion figure pairs");
            IReadOnlyList<NoiseLevel> levels = times.Read(parsed, sampler.Card.Schedule);
            file.Write(parsed, $"{sampler.Card.Data.Name}-field", theme => Draw(sampler, levels, theme));
        });
        return command;
    }

    private static Drawing Draw(DiffusionSampler sampler, IReadOnlyList<NoiseLevel> levels, Theme theme)
    {
        PlotRange range = PlaneModel.RangeOf(sampler, Points);
        PointSet places = Lattice.Of(range, Side);
        PointSet data = sampler.Sample(Points);
        FieldPanel[] panels = [.. levels.Select((level, k) => new FieldPanel(
            MomentLabel.Of(level), places, Directions(sampler, places, level), Noisy(sampler, data, level, (uint)k)))];
        return FieldFigure.Draw(
            $"{sampler.Card.Data.Name}: vector field of the probability-flow ODE",
            "x − ε̂(x, t)/√(1−ᾱ), the direction from noise to data; in the background, points at that time",
            panels,
            range,
            theme);
    }

    /// <summary>The directions at places in the units of the data.</summary>
    private static float[] Directions(DiffusionSampler sampler, PointSet places, NoiseLevel level)
    {
        SampleBatch x = DataUnits.Standardize(sampler.Card.Data, places);
        float[] directions = new float[x.Values.Length];
        sampler.Denoiser.Predict(new DenoiserCall(x.Values, level), directions);
        (double ofX, double ofEpsilon) = ForwardProcess.Flow(level);
        for (int i = 0; i < directions.Length; i++)
        {
            directions[i] = (float)(((ofX * x.Values[i]) + (ofEpsilon * directions[i])) * (sampler.Card.Data.Scale?[i % 2] ?? 1));
        }

        return directions;
    }

    /// <summary>Points with the noise of a time.</summary>
    private static PointSet Noisy(DiffusionSampler sampler, PointSet data, NoiseLevel level, uint stream)
    {
        float[] noise = new float[data.Values.Length];
        new PhiloxNormal(0, RandomDomain.Forward).Fill(stream, 0, noise);
        float[] noisy = new float[noise.Length];
        ForwardProcess.AddNoise(DataUnits.Standardize(sampler.Card.Data, data).Values, noise, level, noisy);
        return DataUnits.Restore(sampler.Card.Data, new SampleBatch(noisy, sampler.Signature.Shape));
    }
}
