namespace Diffusion.Cli.Commands;

/// <summary>What diffusion evaluate measures of a table, and what it does with it.</summary>
/// <param name="Target">A column that is predicted from the others; null for none.</param>
/// <param name="AsJson">Whether to write JSON.</param>
/// <param name="Report">The .html file to write; null for none.</param>
/// <param name="Required">Limits that the figures must keep.</param>
internal sealed record TableEvaluationOptions(string? Target, bool AsJson, string? Report, Requirements Required)
{
    private const string Ending = ".html";

    /// <summary>Refuses a file that no browser would take for a page.</summary>
    /// <exception cref="DiffusionException">The report has another extension.</exception>
    public void RequireHtml()
    {
        if (Report is not null && !Path.GetExtension(Report).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"A report must be an {Ending} file; '{Report}' has another extension.");
        }
    }
}
