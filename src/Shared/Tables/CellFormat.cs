namespace Diffusion.Tables;

/// <summary>How the numbers of a column stand in a file: <see cref="DecimalFormat"/> or <see cref="TimeFormat"/>.</summary>
public abstract record CellFormat
{
    /// <summary>Gets the number of decimals that the numbers have, from 0 to 15; null where they are not rounded.</summary>
    public abstract int? Decimals { get; }

    /// <summary>Gets the number that a cell stands for.</summary>
    /// <param name="text">The cell, without white space around it.</param>
    /// <param name="value">Receives the number, which is finite.</param>
    /// <returns>Whether the cell has this format.</returns>
    public abstract bool TryParse(ReadOnlySpan<char> text, out double value);

    /// <summary>Returns a number as a cell, which <see cref="TryParse"/> reads back.</summary>
    /// <param name="value">A finite number, rounded to <see cref="Decimals"/>.</param>
    public abstract string Print(double value);
}
