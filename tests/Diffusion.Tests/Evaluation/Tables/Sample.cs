using Diffusion.Randomness;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

/// <summary>Small tables to measure.</summary>
internal static class Sample
{
    /// <summary>A column of numbers; NaN where a cell is missing.</summary>
    public static NumberColumn Numbers(string name, params double[] values) => new(name, values);

    /// <summary>A column of text; null where a cell is missing.</summary>
    public static TextColumn Texts(string name, params string?[] cells)
    {
        string[] values = [.. cells.OfType<string>().Distinct()];
        return new TextColumn(name, Array.ConvertAll(cells, cell => Array.IndexOf(values, cell)), values);
    }

    /// <summary>A table.</summary>
    public static Table Of(params TableColumn[] columns) => new(columns);

    /// <summary>Uniform numbers from 0 to 1, independent for every stream.</summary>
    public static double[] Uniform(int count, ulong seed, uint stream)
    {
        float[] numbers = new float[count];
        new PhiloxUniform(seed, RandomDomain.Data).Fill(stream, 0, numbers);
        return Array.ConvertAll(numbers, number => (double)number);
    }

    /// <summary>
    /// Persons: an age, of which one in ten is missing; an income in two decimals that grows with it; a town, mostly by age, of which one
    /// in ten is missing; and whether the income is high for the town.
    /// </summary>
    public static Table Persons(int count, ulong seed)
    {
        double[] age = Uniform(count, seed, 0), noise = Uniform(count, seed, 1);
        double[] town = Uniform(count, seed, 2), gap = Uniform(count, seed, 3);
        double[] ages = Array.ConvertAll(age, value => Math.Floor(20 + (60 * value)));
        double[] incomes = [.. ages.Zip(noise, (years, share) => Math.Round((1_000 * years) + (20_000 * share), 2))];
        string[] towns = ["Arles", "Bern", "Cork"];
        string[] lives = [.. age.Zip(town, (older, share) => towns[(int)(3 * ((0.7 * older) + (0.3 * share)))])];
        return Of(
            Numbers("age", [.. ages.Zip(gap, (years, share) => share < 0.1 ? double.NaN : years)]),
            Numbers("income", incomes),
            Texts("town", [.. lives.Zip(gap, (name, share) => share > 0.9 ? null : name)]),
            Texts("rich", [.. incomes.Zip(lives, (income, name) => income > (name == "Bern" ? 70_000 : 55_000) ? "yes" : "no")]));
    }

    /// <summary>A table whose columns each have a random order of their own, so that nothing is related.</summary>
    public static Table Shuffled(Table table, ulong seed) => new(
    [
        .. table.Columns.Select((column, number) => column.SelectRows(
            Permutation.Of(table.Count, seed, RandomDomain.Choice, (uint)number))),
    ]);

    /// <summary>A table whose rows have a random order.</summary>
    public static Table Permuted(Table table, ulong seed) => table.SelectRows(Permutation.Of(table.Count, seed, RandomDomain.Choice));
}
