using System.Diagnostics;
using System.Globalization;
using System.Text;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Files;
using Diffusion.Tables;

namespace Diffusion.Cli.Commands;

/// <summary>Writes samples of a model of a table.</summary>
internal static class TableOutput
{
    /// <summary>Draws the rows and writes them.</summary>
    /// <param name="request">The model, and what to draw.</param>
    /// <param name="output">A file, <see cref="SampleCommand.OnStandardOutput"/>, or null for none.</param>
    /// <param name="show">Whether to draw the columns on standard output.</param>
    /// <param name="refused">An option that was given and applies to points alone; null for none.</param>
    /// <param name="cancellationToken">Ends the work early; an unfinished file is not written.</param>
    /// <exception cref="DiffusionException">An option does not fit, or the place cannot be written.</exception>
    public static void Write(SamplingRequest request, string? output, bool show, string? refused, CancellationToken cancellationToken)
    {
        if (refused is not null)
        {
            throw new DiffusionException($"{refused} applies to models of points; this is the model of a table. Leave it out.");
        }

        string? file = output == SampleCommand.OnStandardOutput ? null : output;
        if (file is not null)
        {
            TableFile.RequireEnding(file);
            AtomicFile.Check(file);
        }

        Stopwatch watch = Stopwatch.StartNew();
        if (show)
        {
            List<Table> rows = [];
            request.WriteRows(rows.AddRange, cancellationToken);
            if (file is not null)
            {
                TableFile.Write(file, rows);
            }

            string bars = ColumnBars.Draw(Table.Concat(rows));
            StandardOutput.Write(stream => stream.Write(Encoding.UTF8.GetBytes(bars)));
        }
        else if (file is not null)
        {
            request.WriteRows(pieces => TableFile.Write(file, pieces), cancellationToken);
        }
        else if (Console.IsOutputRedirected)
        {
            request.WriteRows(WriteText, cancellationToken);
        }
        else
        {
            // On a terminal the rows come after the progress bar, not into it.
            List<Table> rows = [];
            request.WriteRows(rows.AddRange, cancellationToken);
            WriteText(rows);
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Describe()}, {watch.Elapsed.TotalSeconds:0.00} s"));
    }

    private static void WriteText(IEnumerable<Table> pieces) => StandardOutput.Write(stream => TableFile.WriteCsv(stream, pieces));
}
