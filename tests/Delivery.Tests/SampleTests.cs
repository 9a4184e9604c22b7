using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Delivery.Tests;

/// <summary>The programs in samples/, built against the packages alone.</summary>
[TestClass]
public sealed class SampleTests
{
    [TestMethod]
    public void EmbedSampler_ShowsTwoMoons()
    {
        (int code, string output, string messages) = Delivery.Run("dotnet", Delivery.BuildSample("EmbedSampler"));
        Assert.AreEqual(0, code, messages);
        string[] lines = output.Split('\n');
        Assert.HasCount(21, lines);
        Assert.IsTrue(lines.All(line => line.Length <= 64), output);

        // Dense along the upper moon, empty inside it.
        Assert.IsGreaterThan(60, output.Count(character => character == '@'), output);
        Assert.AreEqual("", lines[6][14..20].Trim(), output);
    }

    /// <summary>Few iterations: enough to tell that it learns, and that its file computes what Torch does.</summary>
    [TestMethod]
    public void OwnNetwork_Trains_IsExported_AndSamples()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = Delivery.RunIn(folder.Root, "dotnet", [Delivery.BuildSample("OwnNetwork"), "300"]);
        Assert.AreEqual(0, code, messages);
        Assert.IsTrue(File.Exists(folder["own.onnx"]), output);
        Match distance = Regex.Match(output, @"1000 samples lie (\d\.\d\d) from the two moons");
        Assert.IsTrue(distance.Success, output);

        // Noise lies 0.6 away.
        Assert.IsLessThan(0.4, double.Parse(distance.Groups[1].Value, CultureInfo.InvariantCulture), output);
    }

    /// <summary>Pictures need no model and no ONNX Runtime.</summary>
    [TestMethod]
    public void DrawPoints_DrawsASpiral_WithTheRenderingPackageAlone()
    {
        using TemporaryFolder folder = new();
        string program = Delivery.BuildSample("DrawPoints");
        (int code, string output, string messages) = Delivery.RunIn(folder.Root, "dotnet", [program]);
        Assert.AreEqual(0, code, messages);
        Assert.StartsWith("┌", output);
        Assert.AreEqual("GIF89a", Encoding.ASCII.GetString(File.ReadAllBytes(folder["out/spiral.gif"])[..6]));
        Assert.Contains("</svg>", File.ReadAllText(folder["out/spiral.svg"]));
        Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(program)!, "*onnx*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void AProgramWithoutTheNativeRuntime_IsToldWhichPackageToAdd()
    {
        string program = Delivery.BuildSample("EmbedSampler");
        string folder = Path.GetDirectoryName(program)!;
        string native = Directory.GetFiles(folder, "libonnxruntime.so", SearchOption.AllDirectories).Single(
            path => path.Contains("linux-x64", StringComparison.Ordinal));
        string aside = native + ".aside";
        File.Move(native, aside);
        (int code, _, string messages) = Delivery.Run("dotnet", program);
        File.Move(aside, native);
        Assert.AreNotEqual(0, code);
        Assert.Contains("Add a package that contains it to the application, such as Microsoft.ML.OnnxRuntime.", messages);
    }

    [TestMethod]
    public async Task LiveView_AnswersWithPointsAndAnimations_AndRefusesWhatIsTooMuch()
    {
        string program = Delivery.BuildSample("LiveView");
        using Service service = await Service.StartAsync(program);
        using DiffusionSampler sampler = DiffusionSampler.Load(Path.Combine(Repository.Root, "models", "moons.onnx"));
        PointSet expected = sampler.Sample(20, seed: 3);
        float[][]? points = await service.Client.GetFromJsonAsync<float[][]>("sample?n=20&seed=3");
        CollectionAssert.AreEqual(expected.Values.ToArray(), points!.SelectMany(point => point).ToArray());

        byte[] gif = await service.Client.GetByteArrayAsync("reverse.gif?n=100");
        Assert.AreEqual("GIF89a", Encoding.ASCII.GetString(gif[..6]));
        Assert.AreEqual((byte)';', gif[^1]);
        Assert.Contains("<canvas", await service.Client.GetStringAsync(""));

        foreach (string wrong in new[] { "sample?n=0", "sample?n=10001", "reverse.gif?n=-1", "sample?n=many", "sample?seed=-1" })
        {
            HttpResponseMessage answer = await service.Client.GetAsync(wrong);
            Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode, wrong);
            Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType, wrong);
        }
    }

    [TestMethod]
    public void LiveView_WithoutItsModel_SaysSoInOneLine()
        => CommandRun.AssertRefused(
            "The file 'nowhere.onnx' does not exist.", Delivery.Run("dotnet", Delivery.BuildSample("LiveView"), "--Model", "nowhere.onnx"));

    [TestMethod]
    public async Task LiveView_AsksToComeBackWhenBusy_AndDropsTheWorkOfThoseWhoLeave()
    {
        const int Clients = 40;

        // No more than work and wait at once: nobody is turned away.
        using (Service roomy = await Service.StartAsync(Delivery.BuildSample("LiveView")))
        {
            string[] all = await Task.WhenAll(
                Enumerable.Range(0, Clients).Select(k => roomy.Client.GetStringAsync($"sample?n=500&seed={k}")));
            Assert.AreEqual(Clients, all.Distinct().Count());
        }

        using Service service = await Service.StartAsync(Delivery.BuildSample("LiveView"), "--Queue", "4");
        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(_ => service.Client.GetAsync("reverse.gif?n=5000")));
        HttpResponseMessage[] refused = [.. answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable)];
        Assert.IsNotEmpty(refused);
        Assert.IsTrue(refused.All(answer => answer.Headers.RetryAfter?.Delta > TimeSpan.Zero));
        Assert.AreEqual(Clients - refused.Length, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));

        // As many as work at once ask for much and leave: were their work done all the same, there would be no room for as long as one such
        // answer takes.
        Stopwatch watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable.Range(0, Environment.ProcessorCount).Select(_ => service.Client.GetByteArrayAsync("reverse.gif?n=10000")));
        TimeSpan whole = watch.Elapsed;
        using CancellationTokenSource left = new();
        Task[] impatient = [.. Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => service.Client.GetByteArrayAsync("reverse.gif?n=10000", left.Token))];
        await Task.Delay(whole / 10);
        await left.CancelAsync();
        await Task.WhenAll(impatient.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
        watch.Restart();
        Assert.AreEqual(HttpStatusCode.OK, (await service.Client.GetAsync("sample?n=1")).StatusCode);
        Assert.IsLessThan(whole / 2, watch.Elapsed);
    }

    /// <summary>The running service, on a port that was free.</summary>
    private sealed class Service : IDisposable
    {
        private const string Announcement = "Now listening on: ";

        private readonly Process _process;

        private Service(Process process, string address)
        {
            _process = process;
            Client = new HttpClient { BaseAddress = new Uri(address) };
        }

        public HttpClient Client { get; }

        public static async Task<Service> StartAsync(string program, params string[] arguments)
        {
            Process process = Process.Start(
                new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", .. arguments]) { RedirectStandardOutput = true })!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                int at = line.IndexOf(Announcement, StringComparison.Ordinal);
                if (at >= 0)
                {
                    // Its log goes on; nobody reading would make it wait.
                    _ = process.StandardOutput.ReadToEndAsync();
                    return new Service(process, line[(at + Announcement.Length)..]);
                }
            }

            throw new InvalidOperationException($"{program} ended before it listened.");
        }

        public void Dispose()
        {
            Client.Dispose();
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
