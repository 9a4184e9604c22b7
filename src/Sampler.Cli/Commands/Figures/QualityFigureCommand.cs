using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Evaluation;
using Diffusion.Points;
using Diffusion.Rendering.Figures;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure quality: data and samples side by side, with the numbers of diffusion evaluate.</summary>
internal static class QualityFigureCommand
{
    private const int DefaultCount = 2_000;
    private const int Seeds = 4;

    public static Command Create()
    {
        SamplingArguments sampling = new(DefaultCount);
        DataArguments data = new();
        FigureFile file = new("NAME-quality");
        Command command = new(
            "quality",
            $"Draws data and samples side by side, with the results of diffusion evaluate, of points over {Seeds} seeds.");
        data.AddTo(command);
        sampling.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.ReadNetwork(parsed);
            string name = request.Card.Data.Name;
            if (request.Card.Data.Table is not null)
            {
                file.Write(parsed, $"{name}-quality", new TablePictures(request, data, parsed, cancellationToken).Quality());
                return;
            }

            ITruth truth = data.OpenTruth(parsed, request.Card);
            SamplingRequest fitting = EvaluateCommand.Fit(request, truth);
            PointSet points = data.Points(parsed, request.Card, fitting.CountInMemory)!;
            file.Write(parsed, $"{name}-quality", theme =>
            {
                EvaluationReport report = EvaluateCommand.Evaluate(sampling.ModelPath(parsed), fitting, truth, Seeds, cancellationToken);
                return QualityFigure.Draw(
                    $"{name}: data and samples",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{fitting.Plan.Caption}, {fitting.Job.Count} points; numbers are means over {Seeds} seeds"),
                    points,
                    fitting.Sample(cancellationToken),
                    ("samples", "true points"),
                    [.. report.Measures.Select(measure => (measure.Name, Format(measure.Samples.Mean), Format(measure.TruePoints.Mean)))],
                    theme);
            });
        });
        return command;
    }

    private static string Format(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−');
}
