using System.Globalization;
using Diffusion.Tests.Architecture;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace Diffusion.Tests.Support;

[TestClass]
public static class TestSetup
{
    /// <summary>Runs all tests under the culture that <see cref="CultureTests"/> asks for.</summary>
    [AssemblyInitialize]
    public static void SetCulture(TestContext context)
    {
        if (Environment.GetEnvironmentVariable(CultureTests.Variable) is { } name)
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = new CultureInfo(name);
        }
    }
}
