using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Tables;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>The inputs and outputs of a compiled file that hold cells of a table.</summary>
internal sealed class CompiledCells
{
    private readonly CompiledColumn[] _columns;
    private readonly CompiledColumn[] _givable;

    /// <param name="session">The file.</param>
    /// <param name="table">Its table; null for points.</param>
    public CompiledCells(InferenceSession session, TableSpec? table)
    {
        _columns = table is null ? [] : [.. CompiledColumn.FromTable(table)];
        _givable = [.. _columns.Where(column => session.InputNames.Contains(column.Given))];
    }

    /// <summary>Gets the names of the inputs: for each column whose cells can be given, the cells and which of them are given.</summary>
    public IEnumerable<string> InputNames => _givable.SelectMany(column => new[] { column.Given, column.Mask });

    /// <summary>Gets the names of the outputs.</summary>
    public IEnumerable<string> OutputNames => _columns.Select(column => column.Output);

    /// <summary>Gets the element type and the shape that an input or output must have; null for one without cells.</summary>
    /// <param name="name">The name of the input or output.</param>
    public Type? ElementTypeOf(string name)
        => Array.Find(_columns, column => column.Output == name) is { } output ? output.IsText ? typeof(string) : typeof(double)
            : Array.Find(_givable, column => column.Mask == name) is not null ? typeof(bool)
            : Array.Find(_givable, column => column.Given == name) is { } given
                ? given.Column is NumberColumnSpec ? typeof(double) : typeof(long)
            : null;

    /// <summary>Creates inputs that give nothing.</summary>
    /// <param name="count">The number n of samples.</param>
    public IEnumerable<OrtValue> GiveNothing(int count)
    {
        foreach (CompiledColumn column in _givable)
        {
            yield return column.Column is NumberColumnSpec
                ? OrtValue.CreateTensorValueFromMemory(new double[count], [count])
                : OrtValue.CreateTensorValueFromMemory(new long[count], [count]);
            yield return OrtValue.CreateTensorValueFromMemory(new bool[count], [count]);
        }
    }

    /// <summary>Finds the first cell of the outputs that is not that of a table; NaN and empty text stand for missing ones.</summary>
    /// <param name="outputs">The outputs, in the order of the columns.</param>
    /// <param name="expected">The rows.</param>
    /// <returns>What differs, as a clause; null where nothing does.</returns>
    public string? FindDifference(IReadOnlyList<OrtValue> outputs, Table expected)
    {
        for (int k = 0; k < _columns.Length; k++)
        {
            TableColumn column = expected[_columns[k].Column.Name];
            string[] found = column is NumberColumn
                ? Array.ConvertAll(outputs[k].GetTensorDataAsSpan<double>().ToArray(), value => Print(value))
                : outputs[k].GetStringTensorAsArray();
            for (int row = 0; row < column.Count; row++)
            {
                string cell = column is NumberColumn numbers ? Print(numbers.Values[row])
                    : column.IsMissing(row) ? ""
                    : column.GetText(row);
                if (found[row] != cell)
                {
                    return Invariant($"the output {_columns[k].Output} is '{found[row]}' in row {row + 1} instead of '{cell}'");
                }
            }
        }

        return null;
    }

    private static string Print(double value) => double.IsNaN(value) ? "" : Invariant($"{value:R}");
}
