using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Diffusion.CommandLine;

/// <summary>Shows on standard error how far a piece of work has come: a bar on a terminal, a line now and then elsewhere.</summary>
public abstract class ProgressMeter
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _interval;
    private readonly Lock _lock = new();
    private TimeSpan _nextShow;

    private protected ProgressMeter(TimeSpan interval)
    {
        _interval = interval;
        _nextShow = interval;
    }

    /// <summary>Does a piece of work under a meter.</summary>
    /// <param name="title">What is being done, in a word or two.</param>
    /// <param name="work">The work; it reports to the meter as it goes.</param>
    public static T Show<T>(string title, Func<ProgressMeter, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
        {
            return work(new ProgressLines(title));
        }

        return console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = ProgressBar.Width },
                new PercentageColumn())
            .Start(context => work(new ProgressBar(title, context.AddTask(title))));
    }

    /// <summary>Says how far the work has come; may be called often and from any thread.</summary>
    /// <param name="done">The units done.</param>
    /// <param name="total">The units in all.</param>
    /// <param name="unit">The unit for the rate, such as "it"; none leaves the rate out.</param>
    /// <param name="detail">What else there is to say, such as the loss; asked for only when it is shown.</param>
    /// <param name="before">How many of the units were done before the work under this meter began.</param>
    public void Report(long done, long total, string? unit = null, Func<string>? detail = null, long before = 0)
    {
        lock (_lock)
        {
            TimeSpan elapsed = _watch.Elapsed;
            if (elapsed < _nextShow && done < total)
            {
                return;
            }

            _nextShow = elapsed + _interval;
            double rate = (done - before) / elapsed.TotalSeconds;
            List<string> parts = [];
            if (detail is not null)
            {
                parts.Add(detail());
            }

            if (unit is not null)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:0} {unit}/s"));
            }

            if (done == total)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s"));
            }
            else if (done > before)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(total - done) / rate:0} s left"));
            }

            Display(done, total, string.Join(" · ", parts), detail is not null);
        }
    }

    private protected abstract void Display(long done, long total, string text, bool isDetailed);

    /// <summary>
    /// A bar that names the work while there is nothing else to say about it; both together would not fit into 80 columns.
    /// </summary>
    private sealed class ProgressBar(string title, ProgressTask task) : ProgressMeter(TimeSpan.FromMilliseconds(100))
    {
        /// <summary>Leaves room for the text in 80 columns.</summary>
        public const int Width = 10;

        private protected override void Display(long done, long total, string text, bool isDetailed)
        {
            task.Description = Markup.Escape(isDetailed ? text : $"{title} · {text}");
            task.MaxValue = total;
            task.Value = done;
        }
    }

    private sealed class ProgressLines(string title) : ProgressMeter(TimeSpan.FromSeconds(5))
    {
        private protected override void Display(long done, long total, string text, bool isDetailed)
            => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title} {100.0 * done / total,3:0}% · {text}"));
    }
}
