using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Files;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Solvers;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion gif: draws the reverse process as an animation.</summary>
internal static class GifCommand
{
    private const string Gif = ".gif";
    private const string Webp = ".webp";

    /// <summary>Unless asked for otherwise, the animation is smooth even where the solver needs few steps.</summary>
    private const int LeastSteps = 100;

    /// <summary>The size of each of several runs.</summary>
    private const int SizeAmongOthers = 320;

    /// <summary>True points that show the shape without filling it.</summary>
    private const int GhostPoints = 1_500;

    private static readonly string[] Colorings = Array.ConvertAll(Enum.GetNames<PointColoring>(), name => name.ToLowerInvariant());

    public static Command Create()
    {
        SamplingArguments sampling = new(defaultSteps: $"see diffusion solvers, at least {LeastSteps}");
        DataArguments data = new();
        Option<string?> output = new("--output", "-o")
        {
            Description = $"The {Gif} or {Webp} file to write [default: NAME{Gif}, where NAME is the name of the data]",
        };
        Option<string?> compare = SolverListOption.Create("--compare", "Solvers shown side by side from the same noise", "none");
        Option<int?> size = new("--size")
        {
            Description = "Width and height of each run in pixels, "
                + $"between {AnimationOptions.SmallestSize} and {AnimationOptions.LargestSize} "
                + $"[default: {AnimationOptions.DefaultSize}; {SizeAmongOthers} with --compare]",
        };
        Option<int> frames = new("--frames")
        {
            Description = $"Number of frames, between 2 and {AnimationOptions.MostFrames}",
            DefaultValueFactory = _ => FrameChoice.UsualFrames,
        };
        Option<int> rate = new("--fps")
        {
            Description = $"Frames per second, between 1 and {AnimationOptions.MostFramesPerSecond}",
            DefaultValueFactory = _ => AnimationOptions.DefaultFramesPerSecond,
        };
        Option<string> color = new("--color")
        {
            Description = "Colour of each point: by the angle of its noise, by the local density, or the same for all",
            DefaultValueFactory = _ => Colorings[0],
        };
        Option<bool> trails = new("--trails") { Description = "Draws a fading trail behind each point" };
        Option<bool> seamless = new("--seamless") { Description = "Returns to the noise at the end, so that the loop has no jump" };
        Option<bool> noGhost = new("--no-ghost") { Description = "Omits the true points in the background" };
        Option<string> theme = ThemeOption.Create();
        color.AcceptOnlyFromAmong(Colorings);
        Command command = new("gif", "Draws the reverse process as an animation.");
        sampling.AddTo(command);
        data.AddTo(command);
        foreach (Option option in new Option[] { output, compare, size, frames, rate, color, trails, seamless, noGhost, theme })
        {
            command.Add(option);
        }

        command.SetWork((parsed, cancellationToken) =>
        {
            IReadOnlyList<SolverEntry>? solvers = parsed.GetValue(compare) is { } list ? SolverListOption.Parse(list) : null;
            using SamplingRequest request = sampling.Read(parsed);
            AnimationOptions options = new()
            {
                Title = TitleOf(request.Card.Data),
                Size = parsed.GetValue(size) ?? (solvers is null ? AnimationOptions.DefaultSize : SizeAmongOthers),
                Frames = parsed.GetValue(frames),
                FramesPerSecond = parsed.GetValue(rate),
                Coloring = Enum.Parse<PointColoring>(parsed.GetRequiredValue(color), ignoreCase: true),
                HasTrails = parsed.GetValue(trails),
                IsSeamless = parsed.GetValue(seamless),
                Theme = Theme.Find(parsed.GetRequiredValue(theme)),
                Data = parsed.GetValue(noGhost) ? null : data.Points(parsed, request.Card, GhostPoints),
            };
            options.Validate();
            SamplingRequest[] requests =
                [.. (solvers is null ? [request] : sampling.ForEach(parsed, request, solvers)).Select(one => one.WithAtLeast(LeastSteps))];
            Run(requests, options, parsed.GetValue(output) ?? request.Card.Data.Name + Gif, cancellationToken);
        });
        return command;
    }

    /// <summary>The name of the data, and what the axes are where that is known.</summary>
    private static string TitleOf(DataInfo data)
        => data.Columns is { Count: > 1 } columns ? $"{data.Name}: {columns[0]}, {columns[1]}" : data.Name;

    private static void Run(SamplingRequest[] requests, AnimationOptions options, string output, CancellationToken cancellationToken)
    {
        Action<Stream, IReadOnlyList<ReverseRun>, AnimationOptions, CancellationToken> write =
            Path.GetExtension(output).ToLowerInvariant() switch
            {
                Gif => ReverseAnimation.WriteGif,
                Webp => ReverseAnimation.WriteWebp,
                _ => throw new DiffusionException($"An animation must be a {Gif} or {Webp} file; '{output}' has another extension."),
            };
        AtomicFile.Check(output);
        Stopwatch watch = Stopwatch.StartNew();
        ReverseRun[] runs = Array.ConvertAll(requests, request => new ReverseRun(
            request.Plan.Caption, request.Frames(FrameChoice.Of(request.Tableau, options.Frames), cancellationToken)));
        AtomicFile.Write(output, stream => write(stream, runs, options, cancellationToken));
        Console.WriteLine(output);
        string described = string.Join("; ", requests.Select(request => request.Describe()));
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{described}; {new FileInfo(output).Length / 1024} KiB, {watch.Elapsed.TotalSeconds:0.00} s"));
    }
}
