using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed.Formats;

/// <summary>The cells of a column as numbers: with a decimal point, with a decimal comma, or with either.</summary>
internal sealed class NumberGuess
{
    private const char Point = '.';
    private const char Comma = ',';

    private bool _isStarted;
    private NumberReading? _pointed;
    private NumberReading? _comma;

    /// <summary>Gets a cell that means one number with a decimal point and another with a decimal comma, or null.</summary>
    public string? Ambiguous { get; private set; }

    /// <summary>Gets whether the cells are numbers by either separator, and not the same ones.</summary>
    public bool IsAmbiguous => _pointed is not null && _comma is not null && Ambiguous is not null;

    /// <summary>Gets whether there are decimals, and a comma separates them whatever else there is in the file.</summary>
    public bool HasCertainCommas => _pointed is null && _comma is { HasDecimals: true };

    /// <summary>Gets whether there are decimals, and a point separates them whatever else there is in the file.</summary>
    public bool HasCertainPoints => _comma is null && _pointed is { HasDecimals: true };

    /// <summary>Gets whether the cells only look like numbers: leading zeros, or more digits than double precision has.</summary>
    public bool IsIdentifier => (_pointed ?? _comma) is { IsIdentifier: true };

    /// <summary>Takes a cell in, unless it is no number like all the others.</summary>
    /// <param name="cell">The cell, without white space around it.</param>
    /// <returns>Whether it is; if not, nothing has changed.</returns>
    public bool TryAdd(ReadOnlySpan<char> cell)
    {
        (NumberReading? pointed, NumberReading? comma) = Read(cell);
        if (pointed is null && comma is null)
        {
            return false;
        }

        (_isStarted, _pointed, _comma) = (true, pointed, comma);
        Ambiguous ??= DiffersIn(cell) ? cell.ToString() : null;
        return true;
    }

    /// <summary>Whether a cell is a number like all the others.</summary>
    public bool Fits(ReadOnlySpan<char> cell) => Read(cell) is not (null, null);

    /// <summary>How the numbers stand in the file.</summary>
    /// <param name="prefersCommas">Whether decimals are separated by commas where they can be.</param>
    public DecimalFormat Choose(bool prefersCommas)
        => (IsAmbiguous && prefersCommas ? _comma : _pointed ?? _comma)?.Complete() ?? new DecimalFormat();

    private (NumberReading? Pointed, NumberReading? Comma) Read(ReadOnlySpan<char> cell)
    {
        if (_isStarted)
        {
            return (_pointed?.With(cell), _comma?.With(cell));
        }

        (string prefix, string suffix) = Affixes.Of(cell);
        DecimalFormat pointed = new() { Prefix = prefix, Suffix = suffix, Separator = Point };
        return (new NumberReading(pointed).With(cell), new NumberReading(pointed with { Separator = Comma }).With(cell));
    }

    private bool DiffersIn(ReadOnlySpan<char> cell)
        => cell.ContainsAny(Point, Comma) && _pointed is { Format: var pointed } && _comma is { Format: var comma }
            && pointed.TryParse(cell, out double one) && comma.TryParse(cell, out double other) && one != other;
}
