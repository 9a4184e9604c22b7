using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using Spectre.Console;

namespace Diffusion.Benchmarks;

/// <summary>
/// Runs the benchmarks of a class in turn, round after round, and prints medians and their ratio to the baseline. On a
/// machine whose speed drifts, what runs side by side can be compared; what runs one after the other cannot.
/// </summary>
internal static class Paired
{
    /// <summary>Lets the threads of the benchmark before come to rest: those of OpenMP, which Torch uses, go on spinning for a
    /// while.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(300);

    public static void Run(string filter, int rounds)
    {
        Type[] classes =
        [
            .. typeof(Paired).Assembly.GetTypes()
                .Where(type => type.Name.EndsWith("Benchmarks", StringComparison.Ordinal))
                .Where(type => type.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                .OrderBy(type => type.Name, StringComparer.Ordinal),
        ];
        foreach (Type type in classes)
        {
            foreach (object? value in Values(type))
            {
                Measure(type, value, rounds);
            }
        }
    }

    private static PropertyInfo? Parameter(Type type)
        => type.GetProperties().SingleOrDefault(property => property.IsDefined(typeof(ParamsAttribute)));

    private static object?[] Values(Type type) => Parameter(type)?.GetCustomAttribute<ParamsAttribute>()!.Values ?? [null];

    private static void Measure(Type type, object? value, int rounds)
    {
        object benchmarks = Activator.CreateInstance(type)!;
        PropertyInfo? parameter = Parameter(type);
        parameter?.SetValue(benchmarks, value);
        Call<GlobalSetupAttribute>(benchmarks);
        (MethodInfo Method, Action Work, List<double> Seconds)[] runs =
        [
            .. from method in type.GetMethods()
               where method.IsDefined(typeof(BenchmarkAttribute))
               select (method, method.CreateDelegate<Action>(benchmarks), new List<double>()),
        ];

        // The first round warms up.
        for (int round = 0; round <= rounds; round++)
        {
            foreach ((_, Action work, List<double> seconds) in runs)
            {
                Thread.Sleep(Rest);
                double time = SecondsOf(work);
                if (round > 0)
                {
                    seconds.Add(time);
                }
            }
        }

        Call<GlobalCleanupAttribute>(benchmarks);
        double baseline = Median(runs.Single(run => run.Method.GetCustomAttribute<BenchmarkAttribute>()!.Baseline).Seconds);
        Table table = new Table { Title = new TableTitle(parameter is null ? type.Name : $"{type.Name}, {parameter.Name} = {value}") }
            .AddColumns("benchmark", "median ms", "fastest ms", "of the baseline");
        foreach ((MethodInfo method, _, List<double> seconds) in runs)
        {
            table.AddRow(method.Name, Text(1e3 * Median(seconds)), Text(1e3 * seconds.Min()), Text(Median(seconds) / baseline));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The time of one call, as the mean of as many as fill a round.</summary>
    private static double SecondsOf(Action work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int calls = 0;
        do
        {
            work();
            calls++;
        }
        while (watch.Elapsed < ShortestRound);

        return watch.Elapsed.TotalSeconds / calls;
    }

    private static void Call<TAttribute>(object benchmarks)
        where TAttribute : Attribute
        => benchmarks.GetType().GetMethods().SingleOrDefault(method => method.IsDefined(typeof(TAttribute)))?.Invoke(benchmarks, null);

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
