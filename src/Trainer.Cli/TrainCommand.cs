using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Diffusion.Cards;
using Diffusion.CommandLine;
using Diffusion.Files;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Export;
using Diffusion.Training.Native;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Diffusion.Training.Cli;

/// <summary>The command diffusion-train.</summary>
internal static class TrainCommand
{
    /// <summary>Where the loss on rows that were held out rises by so much after its minimum, it is said.</summary>
    private const double LargestRise = 0.02;

    /// <summary>The command with all its options.</summary>
    public static RootCommand Create()
    {
        TrainingArguments arguments = new();
        RootCommand root = new("Trains a diffusion model and writes it to one .onnx file.");
        arguments.AddTo(root);
        root.SetWork((parsed, cancellationToken) =>
        {
            if (arguments.IsDryRun(parsed))
            {
                Show(arguments.ReadData(parsed));
            }
            else
            {
                Run(arguments.Read(parsed), cancellationToken);
            }
        });
        return root;
    }

    /// <summary>Shows how the columns of a table are treated.</summary>
    private static void Show(TrainingSet data)
    {
        Remarks.Write(data.Remarks);
        Console.Write(ColumnTable.Format(
            data.Columns ?? throw new DiffusionException("A dry run shows the columns of a table; these data have none.")));
    }

    private static void Run(TrainingRequest request, CancellationToken cancellationToken)
    {
        AtomicFile.Check(request.Output);
        AtomicFile.Check(request.Checkpoint);
        TrainingFigures? figures = request.Figures is { } folder
            ? new TrainingFigures(folder, request.Data, request.Schedule, request.Options.Seed)
            : null;
        using TrainingLog? log = request.Log is { } path ? new TrainingLog(path) : null;
        TorchRuntime.EnsureLoadable();
        Remark(request);
        request = TimedTraining.Resolve(request, cancellationToken);
        Checkpoint checkpoint = new(request.Checkpoint, request.Identity, request.Command, request.IsResumed);

        using TrainingResult result = Train(request, checkpoint, log, figures, cancellationToken);
        ModelCard card = request.Card with
        {
            Training = new TrainingInfo
            {
                Command = checkpoint.Command,
                Seed = request.Options.Seed,
                Iterations = result.Steps.Count,
                Loss = result.FinalLoss,
                HoldOutLoss = result.HoldOutLoss,
                HoldOutShare = request.Data.HoldOutShare > 0 ? request.Data.HoldOutShare : null,
                Packages = new SortedDictionary<string, string>
                {
                    ["TorchSharp"] = Version<torch.nn.Module>(),
                    ["Microsoft.ML.OnnxRuntime"] = Version<InferenceSession>(),
                },
            },
        };
        double difference = ModelExport.Save(request.Output, result.Network, card);
        checkpoint.Delete();
        string holdOut = result.HoldOutLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $"hold-out loss {loss:0.0000}, ")
            : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Output}: final loss {result.FinalLoss:0.0000}, {holdOut}{result.Steps[^1].Seconds:0.0} s, "
                + $"largest difference between Torch and ONNX {difference:0.0e+0} of the largest output"));
        WarnOfCopies(result);
        figures?.Draw(request.Output, request.Network.Create, card, result.Steps, cancellationToken);
    }

    /// <summary>Says where the network began to learn rows by heart: the loss on rows that were held out rose again.</summary>
    private static void WarnOfCopies(TrainingResult result)
    {
        if (result.Kept is { } kept
            && result.Steps.Last(step => float.IsFinite(step.HoldOutLoss)).HoldOutLoss is var last
            && last > (1 + LargestRise) * result.Steps[kept].HoldOutLoss)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"warning: the hold-out loss rose from {result.Steps[kept].HoldOutLoss:0.0000} after iteration {kept + 1} "
                    + $"to {last:0.0000}: the network began to copy rows. The weights of iteration {kept + 1} are kept."));
        }
    }

    private static void Remark(TrainingRequest request)
    {
        if (request.Schedule.TerminalAlphaBar > NoiseSchedule.LargestTerminalAlphaBar)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"warning: ᾱ_T is {request.Schedule.TerminalAlphaBar:g3}; above {NoiseSchedule.LargestTerminalAlphaBar} the noise at "
                    + $"t = T still contains data, and the samples will be biased. Use more timesteps or a larger --beta-end."));
        }

        Remarks.Write(request.Data.Remarks);
        if (request.Data.Columns is { } columns)
        {
            Console.Error.Write(ColumnTable.Format(columns));
        }

        string? beginning = (request.IsResumed, File.Exists(request.Checkpoint)) switch
        {
            (true, true) => $"Resuming from '{request.Checkpoint}'.",
            (true, false) => $"The checkpoint '{request.Checkpoint}' does not exist; starting a new run.",
            (false, true) =>
                $"Starting a new run, which will replace '{request.Checkpoint}' of an earlier run. To continue that run, add --resume.",
            (false, false) => null,
        };
        if (beginning is not null)
        {
            Console.Error.WriteLine(beginning);
        }
    }

    private static TrainingResult Train(
        TrainingRequest request, Checkpoint checkpoint, TrainingLog? log, TrainingFigures? figures, CancellationToken cancellationToken)
    {
        try
        {
            return ProgressMeter.Show("training", meter =>
            {
                Trainer trainer = new(request.Network.Create)
                {
                    Objective = request.Objective,
                    Options = request.Options,
                    Progress = new Meter(meter, request, log, figures),
                    Checkpoint = checkpoint,
                };
                return trainer.Train(request.Data.Source, request.Data.HoldOut, cancellationToken);
            });
        }
        catch (OperationCanceledException) when (checkpoint.Iterations is { } done)
        {
            throw new InterruptedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Interrupted. The training up to iteration {done} is saved in '{request.Checkpoint}'. Add --resume to continue."));
        }
    }

    private static string Version<T>()
        => typeof(T).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private sealed class Meter(
        ProgressMeter meter, TrainingRequest request, TrainingLog? log, TrainingFigures? figures) : IProgress<TrainingProgress>
    {
        /// <summary>How much one batch moves the loss that is shown.</summary>
        private const double Smoothing = 0.02;

        private const int SparklineWidth = 8;

        private double? _loss;
        private float _holdOutLoss = float.NaN;

        public void Report(TrainingProgress value)
        {
            log?.Report(value);
            figures?.Preview(value, request);
            _loss = double.Lerp(_loss ?? value.Last.Loss, value.Last.Loss, Smoothing);
            _holdOutLoss = float.IsFinite(value.Last.HoldOutLoss) ? value.Last.HoldOutLoss : _holdOutLoss;
            meter.Report(value.Iteration, request.Options.Iterations, "it", () => Describe(value.Steps), value.Resumed);
        }

        private string Describe(IReadOnlyList<TrainingStep> steps)
        {
            string holdOut = float.IsFinite(_holdOutLoss)
                ? string.Create(CultureInfo.InvariantCulture, $" · hold-out {_holdOutLoss:0.0000}")
                : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"loss {_loss:0.0000} {Sparkline.Of([.. steps.Select(step => step.Loss)], SparklineWidth)}{holdOut}");
        }
    }
}
