using System.Globalization;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Rendering.Plotting;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Rendering.Figures;

/// <summary>The forward process: data, ten noise levels, and the prior that they end in.</summary>
public static class ForwardStrip
{
    private const int Levels = 10;
    private const uint NoiseStream = 0;
    private const uint PriorStream = 1;

    /// <summary>Draws the strip.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="data">The data, <c>[n, d]</c>.</param>
    /// <param name="schedule">The noise schedule.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(string name, SampleBatch data, NoiseSchedule schedule, ulong seed = 0, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(schedule);
        PhiloxNormal normal = new(seed, RandomDomain.Forward);
        float[] noise = Fill(NoiseStream);
        PointSet prior = new(Fill(PriorStream), data.Shape.Size);
        List<Panel> panels = [new Panel("data", PointSet.FromSamples(data), IsData: true)];
        for (int k = 1; k <= Levels; k++)
        {
            int index = Math.Max(0, (int)Math.Round((double)schedule.TrainTimesteps * k / Levels) - 1);
            NoiseLevel level = schedule.At(index);
            float[] noisy = new float[noise.Length];
            ForwardProcess.AddNoise(data.Values, noise, level, noisy);
            panels.Add(new Panel(MomentLabel.Of(level), new PointSet(noisy, data.Shape.Size), IsData: true));
        }

        panels.Add(new Panel("prior N(0, I)", prior));
        string kind = schedule.Kind.ToString().ToLowerInvariant();
        string subtitle = string.Create(
            CultureInfo.InvariantCulture,
            $"√ᾱ·x₀ + √(1−ᾱ)·ε, {data.Count} points, {kind} schedule, T = {schedule.TrainTimesteps}");
        return StripFigure.Draw(
            $"{name}: from data to noise", subtitle, panels, PlotRange.Around(panels.Select(panel => panel.Points)), theme);

        float[] Fill(uint stream)
        {
            float[] numbers = new float[data.Values.Length];
            normal.Fill(stream, 0, numbers);
            return numbers;
        }
    }
}
