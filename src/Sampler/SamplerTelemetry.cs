using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Diffusion.Sampling;

/// <summary>
/// What a program can watch under the name "Diffusion.Sampler": an activity for each run whose points are asked for as a
/// whole, and counters for all runs. Without a listener they cost nothing.
/// </summary>
internal static class SamplerTelemetry
{
    /// <summary>Draws points.</summary>
    public const string Sample = "diffusion.sample";

    /// <summary>Finds the noise of points.</summary>
    public const string Encode = "diffusion.encode";

    /// <summary>Computes the likelihood of points.</summary>
    public const string Likelihood = "diffusion.likelihood";

    private const string Name = "Diffusion.Sampler";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Points = Meter.CreateCounter<long>("diffusion.points", "{point}", "Number of points processed.");
    private static readonly Counter<long> Evaluations = Meter.CreateCounter<long>(
        "diffusion.evaluations", "{evaluation}", "Number of points that the network evaluated, once per row of the tableau.");

    /// <summary>Opens the activity of a run; null where nobody listens.</summary>
    /// <param name="operation">What is done: one of the names above.</param>
    /// <param name="model">The name of the model's data.</param>
    /// <param name="solver">The name of the solver.</param>
    /// <param name="count">The number of points.</param>
    /// <param name="rows">The number of network evaluations for each.</param>
    public static Activity? Start(string operation, string model, string solver, int count, int rows)
        => Source.StartActivity(operation)?
            .SetTag("diffusion.model", model)
            .SetTag("diffusion.solver", solver)
            .SetTag("diffusion.points", count)
            .SetTag("diffusion.rows", rows);

    /// <summary>Counts points that have gone through rows.</summary>
    public static void Count(int points, int rows, string operation)
    {
        KeyValuePair<string, object?> tag = new("diffusion.operation", operation);
        Points.Add(points, tag);
        Evaluations.Add((long)points * rows, tag);
    }
}
