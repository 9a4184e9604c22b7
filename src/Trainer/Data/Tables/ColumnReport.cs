using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>What was found in a column, and what is done with it.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">What it is treated as.</param>
/// <param name="Different">The number of different values.</param>
/// <param name="Missing">The number of missing cells.</param>
/// <param name="IsKept">Whether samples have the column.</param>
/// <param name="Treatment">What is done with it, in a few words.</param>
public sealed record ColumnReport(string Name, ColumnType Type, int Different, int Missing, bool IsKept, string Treatment);
