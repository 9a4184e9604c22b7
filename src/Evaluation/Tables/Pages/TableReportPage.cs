using System.Text;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables.Pages;

/// <summary>A report as a page of HTML in one file, with its pictures inside: it needs nothing else, and no network.</summary>
public static class TableReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="title">What was compared, for the heading.</param>
    /// <param name="real">The real rows.</param>
    /// <param name="synthetic">The synthetic rows.</param>
    /// <returns>The content of the file, UTF-8.</returns>
    public static byte[] Write(TableReport report, string title, Table real, Table synthetic)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        string heading = Page.Text(title);
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append(Invariant($"<title>{heading}</title>\n<style>\n{Page.ReadStyle()}\n</style>\n<h1>{heading}</h1>\n"))
            .Append(Invariant($"<p>{synthetic.Count:N0} synthetic and {real.Count:N0} real rows</p>\n"));
        AppendFigures(page, report);
        foreach (string remark in report.Remarks)
        {
            page.Append(Invariant($"<p>{Page.Text(remark)}</p>\n"));
        }

        AppendColumns(page, report, real, synthetic);
        if (report.Synthetic.Trends.Pairs.Count > 0)
        {
            page.Append(Invariant($"<h2>Pair trends: {report.Synthetic.Trends.Mean:0.000}</h2>\n"))
                .Append("<p>The darker a pair, the less alike its relation in both tables; full colour from 0.8 down.</p>\n")
                .Append(TrendMap.Write(report.Synthetic.Trends)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(page.Append("</html>\n").ToString());
    }

    private static void AppendFigures(StringBuilder page, TableReport report)
    {
        page.Append("<table>\n<tr><th>measure<th>synthetic<th>real\n");
        foreach (TableFigure figure in report.Figures)
        {
            page.Append(Invariant($"<tr><td>{Page.Text(figure.Name)}<td>{figure.Synthetic:0.000}<td>{figure.Real:0.000}\n"));
        }

        if (report.NearerToTraining is { } nearer)
        {
            page.Append(Invariant($"<tr><td>nearer to training than to held-out rows<td>{nearer:0.000}<td>0.500\n"));
        }

        page.Append("</table>\n<p>Under “real” stand real rows in the place of the synthetic ones: what good rows reach.</p>\n");
    }

    private static void AppendColumns(StringBuilder page, TableReport report, Table real, Table synthetic)
    {
        page.Append(Invariant($"<h2>Column shapes: {report.Synthetic.Shapes.Mean:0.000}</h2>\n"))
            .Append("<p><span class=\"key real\"></span> real <span class=\"key synthetic\"></span> synthetic</p>\n")
            .Append("<div class=\"columns\">\n");
        foreach (ColumnScore column in report.Synthetic.Shapes.Columns)
        {
            ColumnHistogram histogram = ColumnHistogram.FromColumns(real[column.Name], synthetic[column.Name]);
            string missing = histogram.Missing is [0, 0] ? ""
                : Invariant($" · missing: real {histogram.Missing[0] * 100:0.#} %, synthetic {histogram.Missing[1] * 100:0.#} %");
            page.Append(Invariant($"<figure><figcaption><b>{Page.Text(column.Name)}</b> {column.Score:0.000}{missing}</figcaption>"))
                .Append(HistogramPicture.Write(histogram)).Append("</figure>\n");
        }

        page.Append("</div>\n");
    }
}
