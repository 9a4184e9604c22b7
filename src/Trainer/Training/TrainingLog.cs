using System.Globalization;
using Diffusion.Files;

namespace Diffusion.Training;

/// <summary>
/// A line for every iteration, as comma-separated text. Where a run is resumed, the lines of what came before are written first.
/// </summary>
public sealed class TrainingLog : IProgress<TrainingProgress>, IDisposable
{
    private readonly string _path;
    private StreamWriter? _writer;
    private int _written;

    /// <summary>Prepares the file, which is begun with the first iteration; an old one is replaced then.</summary>
    /// <exception cref="DiffusionException">The place cannot be written.</exception>
    public TrainingLog(string path)
    {
        AtomicFile.Check(path);
        _path = path;
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _writer ??= Begin();
        for (; _written < value.Steps.Count; _written++)
        {
            TrainingStep step = value.Steps[_written];
            string holdOut = float.IsFinite(step.HoldOutLoss) ? step.HoldOutLoss.ToString(CultureInfo.InvariantCulture) : "";
            _writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{_written + 1},{step.Loss},{holdOut},{step.LearningRate},{step.Seconds:0.000}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private StreamWriter Begin()
    {
        StreamWriter writer = new(_path) { NewLine = "\n" };
        writer.WriteLine("iteration,loss,hold_out_loss,learning_rate,seconds");
        return writer;
    }
}
