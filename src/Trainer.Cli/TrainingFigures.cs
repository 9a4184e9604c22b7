using System.Globalization;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Cli;

/// <summary>The pictures of a training run: the forward process, the loss, and the reverse process before and after.</summary>
internal sealed class TrainingFigures
{
    private const int Points = 1_000;

    /// <summary>How often a run of the network so far is shown.</summary>
    private const int Previews = 10;
    private const string PreviewFile = "preview.png";

    private readonly string _folder;
    private readonly TrainingSet _set;
    private readonly NoiseSchedule _schedule;
    private readonly ulong _seed;

    /// <exception cref="DiffusionException">The folder cannot be written.</exception>
    public TrainingFigures(string folder, TrainingSet set, NoiseSchedule schedule, ulong seed)
    {
        (_folder, _set, _schedule, _seed) = (folder, set, schedule, seed);
        AtomicFile.Check(PathOf("loss.png"));
    }

    /// <summary>Whether there are no points to draw.</summary>
    private bool IsTable => _set.Info.Table is not null;

    /// <summary>Draws what the network makes of noise so far, every tenth of the run.</summary>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="request">What is trained.</param>
    public void Preview(TrainingProgress progress, TrainingRequest request)
    {
        int interval = Math.Max(1, request.Options.Iterations / Previews);
        if (IsTable || progress.Iteration % interval != 0)
        {
            return;
        }

        ModelCard card = new() { Schedule = _schedule, Data = _set.Info };
        using DiffusionSampler sampler = DiffusionSampler.Load(ModelExport.Build(progress.Network, card));
        PointSet data = Data(card);
        PointSet samples = sampler.Sample(Points, _seed);
        Drawing drawing = StripFigure.Draw(
            $"{_set.Info.Name}: samples after {progress.Iteration} iterations",
            string.Create(CultureInfo.InvariantCulture, $"of {request.Options.Iterations}; loss {progress.Last.Loss:0.0000}"),
            [new Panel("data", data, IsData: true), new Panel("samples", samples)],
            PlotRange.Around(data));
        AtomicFile.Write(PathOf(PreviewFile), stream => drawing.WritePng(stream));
    }

    /// <summary>Draws all pictures, to which the preview gives way.</summary>
    /// <param name="modelPath">The trained model.</param>
    /// <param name="network">Creates a twin that has learned nothing.</param>
    /// <param name="card">Its card.</param>
    /// <param name="steps">Every iteration of the run.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public void Draw(
        string modelPath, Func<Network> network, ModelCard card, IReadOnlyList<TrainingStep> steps, CancellationToken cancellationToken)
    {
        string name = _set.Info.Name;
        Write("loss.png", LossFigure.Draw($"{name}: training loss", [.. steps.Select(step => step.Loss)], HoldOutLosses(steps)));
        if (IsTable)
        {
            return;
        }

        File.Delete(PathOf(PreviewFile));
        Write("forward.png", ForwardStrip.Draw(name, Samples(), _schedule, _seed));
        PointSet data = Data(card);
        SamplingPlan ddpm = SamplingPlan.Create(_schedule, new Ddpm());
        SamplingPlan ddim = SamplingPlan.Create(_schedule, new Ddim());
        using (DiffusionSampler trained = DiffusionSampler.Load(modelPath))
        {
            DrawStrip("reverse-ddpm.png", trained, ddpm, $"{name}: from noise to data", data, cancellationToken);
            DrawStrip("reverse-ddim.png", trained, ddim, $"{name}: from noise to data", data, cancellationToken);
            DrawGif("reverse.gif", trained, ddim, data, cancellationToken);
        }

        using Network untrained = network();
        using DiffusionSampler before = DiffusionSampler.Load(ModelExport.Build(untrained, card));
        DrawStrip("untrained-ddpm.png", before, ddpm, $"{name}: from noise to data before training", data, cancellationToken);
        DrawStrip("untrained-ddim.png", before, ddim, $"{name}: from noise to data before training", data, cancellationToken);
    }

    private static (int Iteration, float Loss)[] HoldOutLosses(IReadOnlyList<TrainingStep> steps)
        => [.. steps.Select((step, i) => (Iteration: i + 1, Loss: step.HoldOutLoss)).Where(measured => float.IsFinite(measured.Loss))];

    /// <summary>Some true points in the units of the data.</summary>
    private PointSet Data(ModelCard card) => DataUnits.Restore(card.Data, Samples());

    private SampleBatch Samples() => _set.Source.Draw(_seed, 0, Points).Samples;

    private void DrawStrip(
        string file, DiffusionSampler sampler, SamplingPlan plan, string title, PointSet data, CancellationToken cancellationToken)
    {
        ReverseRun run = Run(sampler, plan, ReverseStrip.Steps(plan.Tableau), cancellationToken);
        Write(file, ReverseStrip.Draw(title, $"{run.Caption}, {Points} points", run.Frames, data));
    }

    private void DrawGif(string file, DiffusionSampler sampler, SamplingPlan plan, PointSet data, CancellationToken cancellationToken)
    {
        ReverseRun run = Run(sampler, plan, FrameChoice.Of(plan.Tableau), cancellationToken);
        AnimationOptions animation = new() { Title = _set.Info.Name, Data = data };
        AtomicFile.Write(PathOf(file), stream => ReverseAnimation.WriteGif(stream, [run], animation, cancellationToken));
        Console.WriteLine(PathOf(file));
    }

    private ReverseRun Run(DiffusionSampler sampler, SamplingPlan plan, IReadOnlySet<int> steps, CancellationToken cancellationToken)
    {
        SamplingJob job = new() { Count = Points, Plan = plan, Seed = _seed };
        return new(
            plan.Caption, [.. sampler.Frames(job, cancellationToken: cancellationToken).Where(frame => steps.Contains(frame.Step))]);
    }

    private void Write(string file, Drawing drawing)
    {
        AtomicFile.Write(PathOf(file), stream => drawing.WritePng(stream));
        Console.WriteLine(PathOf(file));
    }

    private string PathOf(string file) => Path.Combine(_folder, $"{_set.Info.Name}-{file}");
}
