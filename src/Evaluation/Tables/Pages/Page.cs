using System.Net;

namespace Diffusion.Evaluation.Tables.Pages;

/// <summary>What all parts of a page of HTML share.</summary>
internal static class Page
{
    /// <summary>The colours are those of the project's pictures, from the palette of Okabe and Ito (2008).</summary>
    public const string Style = """
        :root { --paper: #fff; --ink: #1f242b; --muted: #5f6874; --grid: #dfe3e8; --real: #c5ccd4; --synthetic: #0072b2; --apart: #d55e00 }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #14171c; --ink: #eef1f5; --muted: #98a1ad; --grid: #2e343d; --real: #4a5461; --synthetic: #56b4e9; --apart: #e8732c }
        }
        body { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem }
        h1 { font-size: 1.5rem; margin-bottom: 0 } h2 { font-size: 1.15rem; margin-top: 2rem } p, figcaption { color: var(--muted) }
        table { border-collapse: collapse } th, td { border-bottom: 1px solid var(--grid); padding: .25rem 1rem .25rem 0; text-align: left }
        td:nth-child(n+2), th:nth-child(n+2) { text-align: right; font-variant-numeric: tabular-nums }
        .columns { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)) }
        figure { margin: 0 } figcaption { font-size: .85rem } figcaption b { color: var(--ink) } svg { display: block; max-width: 100%; height: auto }
        svg text { fill: var(--muted); font: 11px system-ui, sans-serif }
        .real { fill: var(--real) } .synthetic { fill: var(--synthetic) } .cell { fill: var(--apart) }
        .line { fill: none; stroke: var(--synthetic); stroke-width: 1.5 }
        .key { display: inline-block; height: .7em; width: 1.4em } .key.real { background: var(--real) } .key.synthetic { background: var(--synthetic) }
        """;

    /// <summary>Returns text as it stands in HTML, whatever characters it has.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
