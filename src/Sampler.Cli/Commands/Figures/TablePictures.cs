using System.CommandLine;
using System.Globalization;
using Diffusion.Evaluation.Tables;
using Diffusion.Randomness;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Tables;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>The figures of models of tables.</summary>
/// <param name="request">The model, and what to draw.</param>
/// <param name="data">The options that name the real rows and the columns.</param>
/// <param name="parsed">What was said.</param>
/// <param name="cancellationToken">Ends the work early.</param>
internal sealed class TablePictures(SamplingRequest request, DataArguments data, ParseResult parsed, CancellationToken cancellationToken)
{
    private string Name => request.Card.Data.Name;

    /// <summary>Prepares every pair of columns, with as many real rows as samples at most.</summary>
    /// <returns>What draws them.</returns>
    public Func<Theme, Drawing> Pairs()
    {
        ShownColumns columns = data.ChooseColumns(parsed, request, PairsFigure.MostColumns);
        RealRows? real = data.Rows(parsed, request.Card);
        Table? rows = real is null ? null : columns.Of(Some(real.All, request.CountInMemory));
        string known = real is null ? "" : rows!.Count == real.All.Count
            ? Invariant($"; {rows.Count} rows of data")
            : Invariant($"; {rows.Count} of {real.All.Count} rows of data");
        return theme => TablePairsFigure.Draw(
            $"{Name}: pairs of columns",
            Invariant($"{request.Job.Count} samples, {request.Plan.Caption}{known}{columns.Note}"),
            rows,
            columns.Of(request.SampleTable(cancellationToken)),
            theme);
    }

    /// <summary>Prepares the columns, with the figures of diffusion evaluate.</summary>
    /// <returns>What draws them.</returns>
    public Func<Theme, Drawing> Quality()
    {
        ShownColumns columns = data.ChooseColumns(parsed, request, TableQualityFigure.MostColumns);
        RealRows real = data.RequireRows(parsed, request.Card);
        real.WarnIfOther();
        return theme =>
        {
            Table samples = TableEvaluation.SampleLike(real, request, cancellationToken);
            TableReport report = TableReport.Of(
                real.Training, real.HoldOut, samples, new TableReportOptions { Seed = request.Job.Seed }, cancellationToken);
            string beside = real.HoldOut is null ? "halves of the rows" : Invariant($"{real.HoldOut.Count} rows that were held out");
            return TableQualityFigure.Draw(
                $"{Name}: data and samples",
                Invariant($"{samples.Count} samples, {request.Plan.Caption}; {real.Training.Count} rows of data, ")
                    + $"beside them {beside}{columns.Note}",
                [.. columns.Names.Select(name => Panel(name, real.Training, samples, report))],
                ("samples", "real rows"),
                [
                    .. report.Figures.Select(figure => (figure.Name, Format(figure.Synthetic), Format(figure.Real))),
                    .. report.NearerToTraining is { } nearer
                        ? [("nearer to training than to held-out rows", Format(nearer), Format(0.5))]
                        : Array.Empty<(string, string, string)>(),
                ],
                theme);
        };
    }

    /// <summary>Prepares how strongly every pair of columns is related.</summary>
    /// <returns>What draws it.</returns>
    public Func<Theme, Drawing> Trends()
    {
        ShownColumns columns = data.ChooseColumns(parsed, request, MatrixFigure.MostColumns);
        if (columns.Names.Count < 2)
        {
            throw new DiffusionException("Pairs of columns need at least 2 columns; there is 1.");
        }

        RealRows real = data.RequireRows(parsed, request.Card);
        return theme =>
        {
            Table rows = columns.Of(real.Training);
            Table samples = columns.Of(TableEvaluation.SampleLike(real, request, cancellationToken));
            IReadOnlyList<PairAssociation> pairs = PairAssociation.Of(rows, samples);
            PairTrends trends = PairTrends.Of(rows, samples);
            return MatrixFigure.Draw(
                $"{Name}: how columns are related",
                Invariant($"correlation; Cramér's V where one is a category; mean pair trend {trends.Mean:0.000}; ")
                    + Invariant($"{samples.Count} samples, {rows.Count} rows of data{columns.Note}"),
                columns.Names,
                [
                    Matrix("real", MatrixScale.Correlations, pairs.Select(pair => (pair.First, pair.Second, pair.Real))),
                    Matrix("samples", MatrixScale.Correlations, pairs.Select(pair => (pair.First, pair.Second, pair.Synthetic))),
                    Matrix("score (pair trend)", MatrixScale.Scores, trends.Pairs.Select(pair => (pair.First, pair.Second, pair.Score))),
                ],
                theme);
        };

        MatrixPanel Matrix(string label, MatrixScale scale, IEnumerable<(string First, string Second, double Value)> pairs)
        {
            int count = columns.Names.Count;
            Dictionary<string, int> places = columns.Names.Select((name, k) => (name, k)).ToDictionary(pair => pair.name, pair => pair.k);
            double[] values = new double[count * count];
            foreach ((string first, string second, double value) in pairs)
            {
                (int i, int j) = (places[first], places[second]);
                (values[(i * count) + j], values[(j * count) + i]) = (value, value);
            }

            return new MatrixPanel(label, values, scale);
        }
    }

    /// <summary>Some rows at random, always the same.</summary>
    private static Table Some(Table table, int most)
        => table.Count <= most ? table : table.SelectRows(Permutation.Of(table.Count, 0, RandomDomain.Choice).AsSpan(0, most));

    private static HistogramPanel Panel(string name, Table real, Table samples, TableReport report)
    {
        ColumnHistogram histogram = ColumnHistogram.FromColumns(real[name], samples[name]);
        ColumnScore score = report.Synthetic.Shapes.Columns.First(column => column.Name == name);
        return new HistogramPanel(
            name,
            Invariant($"shape {score.Score:0.000}"),
            histogram.AreCategories,
            [.. histogram.Bars.Select(bar => new HistogramPanelBar(bar.Label, bar.Shares[0], bar.Shares[1], bar.IsRest))],
            (histogram.Missing[0], histogram.Missing[1]));
    }

    private static string Format(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
