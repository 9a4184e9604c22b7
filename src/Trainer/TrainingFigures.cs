using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Onnx.Networks;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;
using Diffusion.Schedules;
using Diffusion.Solvers;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training;

/// <summary>The pictures of a training run: the forward process, the loss, and the reverse process before and after.</summary>
internal sealed class TrainingFigures
{
    private const int Points = 1_000;

    private readonly string _folder;
    private readonly IPointSource _source;
    private readonly NoiseSchedule _schedule;
    private readonly ulong _seed;

    /// <exception cref="DiffusionException">The folder cannot be written.</exception>
    public TrainingFigures(string folder, IPointSource source, NoiseSchedule schedule, ulong seed)
    {
        (_folder, _source, _schedule, _seed) = (folder, source, schedule, seed);
        AtomicFile.Check(PathOf("loss.png"));
    }

    /// <summary>Draws all pictures.</summary>
    /// <param name="modelPath">The trained model.</param>
    /// <param name="network">Its shape, for a twin that has learned nothing.</param>
    /// <param name="card">Its card.</param>
    /// <param name="steps">Every iteration of the run.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public void Draw(string modelPath, EpsilonMlpOptions network, ModelCard card, IReadOnlyList<TrainingStep> steps, CancellationToken cancellationToken)
    {
        string name = _source.Info.Name;
        float[] points = new float[Points * _source.Info.Dimension];
        _source.Fill(_seed, 0, points);
        Write("forward.png", ForwardStrip.Draw(name, new PointSet(points, _source.Info.Dimension), _schedule, _seed));
        Write("loss.png", LossFigure.Draw($"{name}: training loss", [.. steps.Select(step => step.Loss)], HoldOutLosses(steps)));

        PointSet data = DataUnits.Restore(card.Data, new PointSet(points, _source.Info.Dimension));
        SamplerOptions ddpm = new() { Solver = new Ddpm(), Seed = _seed };
        SamplerOptions ddim = new() { Solver = new Ddim(), Seed = _seed };
        using (DiffusionSampler trained = DiffusionSampler.Load(modelPath))
        {
            DrawStrip("reverse-ddpm.png", trained, ddpm, $"{name}: from noise to data", data, cancellationToken);
            DrawStrip("reverse-ddim.png", trained, ddim, $"{name}: from noise to data", data, cancellationToken);
            DrawGif("reverse.gif", trained, ddim, cancellationToken);
        }

        using EpsilonMlp untrained = new(network, _schedule, _seed);
        using DiffusionSampler before = DiffusionSampler.Load(EpsilonMlpGraph.Build(network, untrained.Weights(), card));
        DrawStrip("untrained-ddpm.png", before, ddpm, $"{name}: the same before training", data, cancellationToken);
        DrawStrip("untrained-ddim.png", before, ddim, $"{name}: the same before training", data, cancellationToken);
    }

    private static (int Iteration, float Loss)[] HoldOutLosses(IReadOnlyList<TrainingStep> steps)
        => [.. steps.Select((step, i) => (Iteration: i + 1, Loss: step.HoldOutLoss)).Where(measured => float.IsFinite(measured.Loss))];

    private void DrawStrip(string file, DiffusionSampler sampler, SamplerOptions options, string title, PointSet data, CancellationToken cancellationToken)
    {
        int steps = options.BuildTableau(_schedule).Steps;
        IReadOnlyList<Frame> frames = Frames(sampler, options, ReverseStrip.Steps(steps), cancellationToken);
        Write(file, ReverseStrip.Draw(title, $"{options.Solver.Name}, {steps} steps, {Points} points", frames, data));
    }

    private void DrawGif(string file, DiffusionSampler sampler, SamplerOptions options, CancellationToken cancellationToken)
    {
        int steps = options.BuildTableau(_schedule).Steps;
        IReadOnlyList<Frame> frames = Frames(sampler, options, FrameChoice.Closing(steps), cancellationToken);
        AnimationOptions animation = new() { Title = _source.Info.Name, Caption = $"{options.Solver.Name}, {steps} steps" };
        AtomicFile.Write(PathOf(file), stream => ReverseAnimation.WriteGif(stream, frames, animation));
        Console.WriteLine(PathOf(file));
    }

    private static IReadOnlyList<Frame> Frames(DiffusionSampler sampler, SamplerOptions options, IReadOnlySet<int> steps, CancellationToken cancellationToken)
        => [.. sampler.Stream(Points, options, cancellationToken).Where(frame => steps.Contains(frame.Step))];

    private void Write(string file, Picture picture)
    {
        using (picture)
        {
            AtomicFile.Write(PathOf(file), picture.WritePng);
        }

        Console.WriteLine(PathOf(file));
    }

    private string PathOf(string file) => Path.Combine(_folder, $"{_source.Info.Name}-{file}");
}
