using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Diffusion.Training.Native;

/// <summary>
/// Lets the threads of Torch sleep while they wait for each other. By default those of OpenMP spin, and where other programs need the
/// processor a step takes ten times as long and more.
/// </summary>
internal static partial class OpenMpWaiting
{
    private const string Policy = "OMP_WAIT_POLICY";
    private const string Passive = "PASSIVE";

    /// <summary>Sets the policy for this process, unless the user has set one. To be called before Torch is loaded.</summary>
    [SupportedOSPlatform("linux")]
    public static void MakePassive() => _ = SetVariable(Policy, Passive, overwrite: 0);

    /// <summary>Sets a variable where OpenMP looks for it; .NET keeps variables of its own.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
