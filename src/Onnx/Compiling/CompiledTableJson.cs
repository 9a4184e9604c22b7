using System.Text.Json;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Onnx.Compiling;

/// <summary>Describes the columns of a compiled sampler of a table to programs that read no model card: a JSON file beside it.</summary>
public static class CompiledTableJson
{
    /// <summary>What the name of the file ends with, in place of that of the model.</summary>
    public const string Ending = ".columns.json";

    /// <summary>Writes the file: for each column its name, output, type and missing cells, the categories, the pattern of dates and their
    /// unit, and the inputs by which cells can be given.</summary>
    /// <param name="table">The table of the model.</param>
    /// <param name="given">The columns whose cells can be given.</param>
    /// <returns>The content of the file, UTF-8.</returns>
    public static byte[] Write(TableSpec table, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(given);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("dimension", table.Dimension);
            json.WriteStartArray("columns");
            foreach (CompiledColumn column in CompiledColumn.FromTable(table))
            {
                Write(json, column, given.Contains(column.Column.Name));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CompiledColumn column, bool isGiven)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Column.Name);
        json.WriteString("output", column.Output);
        CategoryColumnSpec? category = column.Column as CategoryColumnSpec;
        CellFormat? format = category is null ? ((NumberColumnSpec)column.Column).Format : category.Format;
        json.WriteString("type", column.IsText ? "text" : format is TimeFormat ? "time" : "number");
        if (format is TimeFormat time)
        {
            json.WriteString("pattern", time.Pattern);
            json.WriteNumber("secondsPerUnit", (double)time.TicksPerUnit / TimeSpan.TicksPerSecond);
        }

        json.WriteBoolean("canBeMissing", column.Column.MissingCount > 0);
        if (category is not null)
        {
            json.WriteStartArray("categories");
            for (int k = 0; k < category.Counts.Count; k++)
            {
                if (category.Texts is { } texts)
                {
                    json.WriteStringValue(texts[k]);
                }
                else
                {
                    json.WriteNumberValue(category.Numbers![k]);
                }
            }

            json.WriteEndArray();
        }

        if (isGiven)
        {
            json.WriteString("given", column.Given);
            json.WriteString("mask", column.Mask);
        }

        json.WriteEndObject();
    }
}
