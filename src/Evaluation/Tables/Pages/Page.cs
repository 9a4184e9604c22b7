using System.Net;

namespace Diffusion.Evaluation.Tables.Pages;

/// <summary>What all parts of a page of HTML share.</summary>
internal static class Page
{
    private const string StyleFile = "page.css";

    /// <summary>Returns the style sheet.</summary>
    public static string ReadStyle()
    {
        using StreamReader reader = new(typeof(Page).Assembly.GetManifestResourceStream(StyleFile)!);
        return reader.ReadToEnd().Trim();
    }

    /// <summary>Returns text as it stands in HTML, whatever characters it has.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
