using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Diffusion.Benchmarks;

/// <summary>
/// Many clients ask a running service for points, each anew as soon as it is answered; told to come back later, it does.
/// One in ten requests is given up after a moment, as by somebody who leaves.
/// </summary>
internal static class WebLoad
{
    private const int OneLeavesIn = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <param name="address">What is asked for, such as http://127.0.0.1:5000/sample?n=1000.</param>
    /// <param name="clients">How many ask at once.</param>
    /// <param name="duration">For how long.</param>
    /// <returns>Whether every request was answered, or refused with a time to come back.</returns>
    public static async Task<bool> RunAsync(Uri address, int clients, TimeSpan duration)
    {
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = clients });
        List<double> latencies = [];
        int left = 0, refused = 0, failed = 0;
        Stopwatch watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(ClientAsync));
        latencies.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clients} clients, {watch.Elapsed.TotalSeconds:0} s: {latencies.Count} answered "
                + $"({latencies.Count / watch.Elapsed.TotalSeconds:0} a second), {refused} asked to come back, {left} left, "
                + $"{failed} failed; milliseconds to an answer: median {At(0.5):0}, 95 % {At(0.95):0}, 99 % {At(0.99):0}, "
                + $"longest {At(1):0}"));
        return failed == 0;

        async Task ClientAsync(int client)
        {
            for (int k = client; watch.Elapsed < duration; k++)
            {
                using CancellationTokenSource patience = new();
                if (k % OneLeavesIn == 0)
                {
                    patience.CancelAfter(Patience);
                }

                long start = Stopwatch.GetTimestamp();
                try
                {
                    using HttpResponseMessage answer = await http.GetAsync(address, patience.Token);
                    TimeSpan? later = answer.Headers.RetryAfter?.Delta;
                    if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && later is not null)
                    {
                        Interlocked.Increment(ref refused);
                        await Task.Delay(later.Value);
                    }
                    else if (answer.IsSuccessStatusCode)
                    {
                        lock (latencies)
                        {
                            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                        }
                    }
                    else
                    {
                        Interlocked.Increment(ref failed);
                    }
                }
                catch (OperationCanceledException) when (patience.IsCancellationRequested)
                {
                    Interlocked.Increment(ref left);
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }

        double At(double share) => latencies.Count == 0 ? double.NaN : latencies[(int)(share * (latencies.Count - 1))];
    }
}
