using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Diffusion.Benchmarks;
using Diffusion.Training.Native;

const int UsualRounds = 9, UsualSoakSeconds = 60;

// Where memory is watched, Torch's libraries would be counted as well.
if (args is not ["soak" or "web", ..])
{
    TorchRuntime.EnsureLoadable();
}

switch (args)
{
    case ["paired", .. string[] rest]:
        Paired.Run(rest.ElementAtOrDefault(0) ?? "", NumberAt(rest, 1, UsualRounds));
        break;
    case ["soak", .. string[] rest]:
        return Soak.Run(TimeSpan.FromSeconds(NumberAt(rest, 0, UsualSoakSeconds))) ? 0 : 1;
    case ["web", string address, .. { Length: 2 } rest]:
        return await WebLoad.RunAsync(new Uri(address), NumberAt(rest, 0, 0), TimeSpan.FromSeconds(NumberAt(rest, 1, 0))) ? 0 : 1;
    default:
        // In this process, where Torch's library has been made to load; whole runs, not invocations of nanoseconds.
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring);
        IConfig config = DefaultConfig.Instance.AddJob(job.WithWarmupCount(2).WithIterationCount(UsualRounds));
        BenchmarkSwitcher.FromAssembly(typeof(Paired).Assembly).Run(args, config.AddDiagnoser(MemoryDiagnoser.Default));
        break;
}

return 0;

static int NumberAt(string[] words, int position, int usual)
    => position < words.Length ? int.Parse(words[position], CultureInfo.InvariantCulture) : usual;
