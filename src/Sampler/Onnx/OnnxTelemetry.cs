using System.Runtime.InteropServices;

namespace Diffusion.Sampling;

/// <summary>
/// Keeps ONNX Runtime from reporting to its makers: left alone, it writes an identifier of the device into the user's
/// cache folder and sends what it knows of the machine and of the program.
/// </summary>
internal static partial class OnnxTelemetry
{
    /// <summary>The variable that ONNX Runtime looks for when it starts, and there alone; a value that somebody has set remains.</summary>
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private const string Disabled = "1";

    private static readonly Lazy<bool> Done = new(Set);

    /// <summary>Disables it; to be called before anything else of ONNX Runtime is.</summary>
    public static void Disable() => _ = Done.Value;

    private static bool Set()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Native code has an environment of its own, which .NET reads once and never writes.
            return SetVariable(Variable, Disabled, overwrite: 0) == 0;
        }

        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, Disabled);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
