using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Diffusion.Sampling;

/// <summary>What a program can watch: an activity for each run, and counters, all under the name "Diffusion.Sampler". Without a listener they cost nothing.</summary>
internal static class SamplerTelemetry
{
    private const string Name = "Diffusion.Sampler";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Points = Meter.CreateCounter<long>("diffusion.points", "{point}", "Points drawn.");
    private static readonly Counter<long> Evaluations = Meter.CreateCounter<long>("diffusion.evaluations", "{evaluation}", "Points sent through the network, once for each row of the tableau.");

    /// <summary>Opens the activity of a run; null where nobody listens.</summary>
    public static Activity? Start(string model, string solver, int count, int rows)
        => Source.StartActivity("diffusion.sample")?
            .SetTag("diffusion.model", model)
            .SetTag("diffusion.solver", solver)
            .SetTag("diffusion.points", count)
            .SetTag("diffusion.rows", rows);

    /// <summary>Counts a chunk that has gone through all rows.</summary>
    public static void Count(int points, int rows)
    {
        Points.Add(points);
        Evaluations.Add((long)points * rows);
    }
}
