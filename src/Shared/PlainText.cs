using System.Globalization;

namespace Diffusion;

/// <summary>
/// Text from strangers, made fit to be shown: names in a file may hold what clears a terminal, or what looks like a line of ours.
/// </summary>
public static class PlainText
{
    private const char Unseen = '\uFFFD';
    private const string Gap = " … ";

    /// <summary>Replaces all that is not seen, ends of lines among them, and cuts what is too long in the middle.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The most characters that are kept.</param>
    public static string Of(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        string cut = text.Length <= longest
            ? text
            : string.Concat(text.AsSpan(0, longest / 2), Gap, text.AsSpan(text.Length - (longest / 2)));
        return cut.Any(IsUnseen) ? string.Create(cut.Length, cut, Replace) : cut;
    }

    private static void Replace(Span<char> shown, string text)
    {
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = IsUnseen(text[i]) ? Unseen : text[i];
        }
    }

    private static bool IsUnseen(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
