using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Diffusion.Training.Native;

/// <summary>
/// Makes TorchSharp load on Debian 12, Ubuntu 22.04, RHEL 9 and their like, where it fails as it comes: see
/// <see cref="LibStdCxxPatch"/>. Only the copy of its library in the program's own folder is touched, and only there.
/// </summary>
public static class TorchRuntime
{
    private const string TorchSharpLibrary = "libLibTorchSharp.so";
    private const string StandardLibrary = "libstdc++.so.6";

    /// <summary>To be called once before anything of TorchSharp is used. Newer systems and other platforms are left alone.</summary>
    /// <exception cref="DiffusionException">The library needs the cure and cannot be given it; the message says what to install.</exception>
    public static void EnsureLoadable()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || SystemIsNewEnough())
        {
            return;
        }

        foreach (string library in Directory.GetFiles(AppContext.BaseDirectory, TorchSharpLibrary, SearchOption.AllDirectories))
        {
            PatchFile(library);
        }
    }

    /// <summary>Patches a library: a patched copy is written beside it and moved into its place, so that nobody ever loads half of it.</summary>
    /// <exception cref="DiffusionException">The library or its folder cannot be used.</exception>
    [UnsupportedOSPlatform("windows")]
    public static void PatchFile(string path)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            byte[] library = File.ReadAllBytes(path);
            if (!LibStdCxxPatch.Apply(library))
            {
                return;
            }

            try
            {
                File.WriteAllBytes(temporary, library);
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DiffusionException(
                $"TorchSharp needs {LibStdCxxPatch.NewVersion}, which this system's {StandardLibrary} lacks, and '{path}' could not be adapted: {exception.Message} "
                + "Install the libstdc++ of GCC 13 or newer, or put this program in a folder that can be written.",
                exception);
        }
    }

    /// <summary>Whether the system's C++ library has the symbol that TorchSharp wants.</summary>
    private static bool SystemIsNewEnough()
    {
        if (!NativeLibrary.TryLoad(StandardLibrary, out nint library))
        {
            throw new DiffusionException($"This system has no {StandardLibrary}, which Torch needs. Install the package libstdc++6 (Debian, Ubuntu) or libstdc++ (Fedora, RHEL).");
        }

        return NativeLibrary.TryGetExport(library, LibStdCxxPatch.NewSymbol, out _);
    }
}
