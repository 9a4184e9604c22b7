namespace Diffusion.Tables;

/// <summary>What a column is treated as.</summary>
public enum ColumnType
{
    /// <summary>Numbers, whole or not.</summary>
    Number,

    /// <summary>Dates or times.</summary>
    Date,

    /// <summary>One of a number of values, texts or numbers.</summary>
    Category,

    /// <summary>An identifier, which is not learned.</summary>
    Id,

    /// <summary>Free text, which is not learned.</summary>
    Text,
}
