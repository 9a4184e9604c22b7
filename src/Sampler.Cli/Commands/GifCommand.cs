using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Rendering.Animation;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion gif: draws the reverse process as an animation.</summary>
internal static class GifCommand
{
    private const string Ending = ".gif";

    /// <summary>Unless asked for otherwise, the animation is smooth even where the solver needs few steps.</summary>
    private const int LeastSteps = 100;

    public static Command Create()
    {
        SamplingArguments sampling = new(defaultSteps: $"as the solver has it, at least {LeastSteps}");
        Option<string?> output = new("--output", "-o") { Description = "The .gif file to write [default: NAME.gif, after the model's data]" };
        Option<int> size = new("--size") { Description = $"Width and height in pixels, from {AnimationOptions.SmallestSize} to {AnimationOptions.LargestSize}", DefaultValueFactory = _ => AnimationOptions.DefaultSize };
        Option<int> rate = new("--fps") { Description = $"Frames per second, from 1 to {AnimationOptions.MostFramesPerSecond}", DefaultValueFactory = _ => AnimationOptions.DefaultFramesPerSecond };
        Command command = new("gif", "Draws the reverse process as an animation.");
        sampling.AddTo(command);
        command.Add(output);
        command.Add(size);
        command.Add(rate);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed).WithAtLeast(LeastSteps);
            AnimationOptions options = new()
            {
                Title = request.Card.Data.Name,
                Caption = request.Caption,
                Size = parsed.GetValue(size),
                FramesPerSecond = parsed.GetValue(rate),
            };
            options.Validate();
            Run(request, options, parsed.GetValue(output) ?? request.Card.Data.Name + Ending, cancellationToken);
        });
        return command;
    }

    private static void Run(SamplingRequest request, AnimationOptions options, string output, CancellationToken cancellationToken)
    {
        if (!Path.GetExtension(output).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"An animation is written to a {Ending} file, but '{output}' ends otherwise.");
        }

        AtomicFile.Check(output);
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<Frame> frames = request.Frames(FrameChoice.Closing(request.Tableau.Steps), cancellationToken);
        AtomicFile.Write(output, stream => ReverseAnimation.WriteGif(stream, frames, options, cancellationToken));
        Console.WriteLine(output);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Describe()}; {frames.Count} frames, {new FileInfo(output).Length / 1024} KiB, {watch.Elapsed.TotalSeconds:0.00} s"));
    }
}
