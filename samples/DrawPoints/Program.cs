// Draws points of its own, without a model: DrawPoints [FOLDER] writes spiral.gif and spiral.svg, and shows the points on the terminal.
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Time;

const int Count = 1_000;
const int Steps = 60;
string folder = args.Length > 0 ? args[0] : "out";
Directory.CreateDirectory(folder);

// A spiral, and as many points of noise.
Random random = new(0);
(double X, double Y)[] spiral = [.. Enumerable.Range(0, Count)
    .Select(i => Math.Sqrt((double)i / Count))
    .Select(r => (2 * r * Math.Cos(9 * r), 2 * r * Math.Sin(9 * r)))];
(double X, double Y)[] noise = [.. Enumerable.Range(0, Count)
    .Select(_ => (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), Math.Tau * random.NextDouble()))
    .Select(polar => (polar.Item1 * Math.Cos(polar.Item2), polar.Item1 * Math.Sin(polar.Item2)))];

// From the one to the other: √ᾱ·x₀ + √(1−ᾱ)·ε, with √ᾱ rising evenly.
NoiseSchedule schedule = NoiseSchedule.Linear();
Frame[] frames = [.. Enumerable.Range(0, Steps + 1).Select(step =>
{
    double share = (double)step / Steps;
    NoiseLevel level = schedule.AtSigma(Math.Sqrt(1 - (share * share)) / share);
    float[] points =
        [.. spiral.Zip(noise).SelectMany(pair => new[] { Mix(pair.First.X, pair.Second.X), Mix(pair.First.Y, pair.Second.Y) })];
    return new Frame(step, level, new PointSet(points, dimension: 2));

    float Mix(double clean, double epsilon) => (float)((level.Signal * clean) + (level.Noise * epsilon));
})];

using (FileStream gif = File.Create(Path.Combine(folder, "spiral.gif")))
{
    ReverseAnimation.WriteGif(
        gif,
        [new ReverseRun($"{Steps} steps", frames)],
        new AnimationOptions { Title = "spiral", Theme = Theme.Dark, HasTrails = true });
}

using (FileStream svg = File.Create(Path.Combine(folder, "spiral.svg")))
{
    Panel[] panels = [.. new[] { 0, 20, 40, 60 }.Select(step => new Panel($"step {step}", frames[step].Points))];
    StripFigure.Draw("spiral", $"{Count} points", panels, PlotRange.Around(panels.Select(panel => panel.Points))).WriteSvg(svg);
}

Console.Write(TerminalPlot.Draw(frames[^1].Points, columns: 32));
