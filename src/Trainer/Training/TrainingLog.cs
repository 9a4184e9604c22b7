using System.Globalization;

namespace Diffusion.Training;

/// <summary>A line for every iteration, as comma-separated text. Where a run is resumed, the lines of what came before are written first.</summary>
public sealed class TrainingLog : IProgress<TrainingProgress>, IDisposable
{
    private readonly StreamWriter _writer;
    private int _written;

    /// <summary>Begins the file; an old one is replaced.</summary>
    /// <exception cref="DiffusionException">The place cannot be written.</exception>
    public TrainingLog(string path)
    {
        Files.AtomicFile.Check(path);
        _writer = new StreamWriter(path) { NewLine = "\n" };
        _writer.WriteLine("iteration,loss,hold_out_loss,learning_rate,seconds");
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        for (; _written < value.Steps.Count; _written++)
        {
            TrainingStep step = value.Steps[_written];
            string holdOut = float.IsFinite(step.HoldOutLoss) ? step.HoldOutLoss.ToString(CultureInfo.InvariantCulture) : "";
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_written + 1},{step.Loss},{holdOut},{step.LearningRate},{step.Seconds:0.000}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
