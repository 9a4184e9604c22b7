using Diffusion.Training.Native;

// Torch has one set of threads for the whole process: tests that count on it run one at a time.
[assembly: DoNotParallelize]

namespace Diffusion.Training.Tests;

[TestClass]
public static class TestSetup
{
    [AssemblyInitialize]
    public static void MakeTorchLoad(TestContext context) => TorchRuntime.EnsureLoadable();
}
