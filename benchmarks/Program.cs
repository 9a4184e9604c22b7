using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Diffusion.Benchmarks;
using Diffusion.Training.Native;

const int UsualRounds = 9;

// Where memory is watched, Torch's libraries would be counted as well.
if (args is not ["soak" or "web", ..])
{
    TorchRuntime.EnsureLoadable();
}

switch (args)
{
    case ["paired", .. string[] rest]:
        Paired.Run(rest.ElementAtOrDefault(0) ?? "", rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : UsualRounds);
        break;
    case ["soak", .. string[] rest]:
        return Soak.Run(TimeSpan.FromSeconds(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 60)) ? 0 : 1;
    case ["web", string address, string clients, string seconds]:
        return await WebLoad.RunAsync(new Uri(address), int.Parse(clients, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))) ? 0 : 1;
    default:
        // In this process, where Torch's library has been made to load; whole runs, not invocations of nanoseconds.
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring).WithWarmupCount(2).WithIterationCount(UsualRounds);
        BenchmarkSwitcher.FromAssembly(typeof(Paired).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default));
        break;
}

return 0;
