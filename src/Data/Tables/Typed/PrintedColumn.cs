using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Numbers, dates or times as text.</summary>
internal static class PrintedColumn
{
    /// <summary>Returns a column of the same cells as they stand in a text file.</summary>
    public static TextColumn Print(NumberColumn column)
    {
        ColumnFiller.Texts texts = new(column.Name, column.MissingText, column.Count);
        for (int row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row))
            {
                texts.AddMissing();
            }
            else
            {
                texts.AddText(column.GetText(row));
            }
        }

        return texts.Complete();
    }
}
