using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Diffusion.Training.Native;

/// <summary>
/// Makes TorchSharp load on systems with the libstdc++ of GCC 12, such as Debian 12 and Ubuntu 22.04, where it otherwise
/// fails with a message about a missing package: see <see cref="LibStdCxxPatch"/>. Only the copy of its library in the
/// program's own folder is changed. Newer systems and other platforms are left alone.
/// </summary>
public static class TorchRuntime
{
    private const string TorchSharpLibrary = "libLibTorchSharp.so";
    private const string StandardLibrary = "libstdc++.so.6";

    /// <summary>A symbol that GCC 12 introduced together with <see cref="LibStdCxxPatch.OldVersion"/>: <c>std::__glibcxx_assert_fail</c>.</summary>
    private const string SymbolOfOldVersion = "_ZSt21__glibcxx_assert_failPKciS0_S0_";

    /// <summary>Where the library lies: beside a program that was built for Linux alone, else in the folder of the platform.</summary>
    private static readonly string[] Folders = ["", Path.Combine("runtimes", "linux-x64", "native")];

    /// <summary>To be called before anything of TorchSharp is used, as often as one likes.</summary>
    /// <exception cref="DiffusionException">TorchSharp cannot be made to load; the message says what is missing and what to do.</exception>
    public static void EnsureLoadable()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        // The very library that Torch will get, since .NET itself has loaded it already.
        nint system = NativeLibrary.Load(StandardLibrary);
        if (NativeLibrary.TryGetExport(system, LibStdCxxPatch.NewSymbol, out _))
        {
            return;
        }

        if (!NativeLibrary.TryGetExport(system, SymbolOfOldVersion, out _))
        {
            throw new DiffusionException(
                $"TorchSharp needs {StandardLibrary} with {LibStdCxxPatch.NewVersion} (GCC 13.2) and can be adapted to {LibStdCxxPatch.OldVersion} (GCC 12); "
                + $"found: {FoundLibrary()}, which is older. Use Debian 12, Ubuntu 22.04 or a newer system.");
        }

        // Both, if there are two: an earlier build of the other kind may have left its copy behind.
        string[] copies = [.. Folders.Select(folder => Path.Combine(AppContext.BaseDirectory, folder, TorchSharpLibrary)).Where(File.Exists)];
        if (copies.Length == 0)
        {
            throw new DiffusionException($"'{TorchSharpLibrary}' of the package TorchSharp-cpu is missing in '{AppContext.BaseDirectory}'. Build or publish the program for linux-x64.");
        }

        foreach (string copy in copies)
        {
            PatchFile(copy);
        }
    }

    /// <summary>Adapts a library to GCC 12. A patched copy is written beside it and moved into its place, so that nobody ever
    /// loads half of it, many processes may do so at once, and a file that it shares by a link stays as it is.</summary>
    /// <param name="path">The library; one that does not need the patch is not touched.</param>
    /// <exception cref="DiffusionException">The library cannot be adapted.</exception>
    [SupportedOSPlatform("linux")]
    public static void PatchFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (LibStdCxxPatch.Apply(File.ReadAllBytes(path)) is not { } patched)
            {
                return;
            }

            try
            {
                File.WriteAllBytes(temporary, patched);
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
                $"TorchSharp needs {StandardLibrary} with {LibStdCxxPatch.NewVersion} (GCC 13.2); found: {FoundLibrary()}, to which '{path}' could not be adapted: "
                + $"{exception.Message} Build or copy the program to a folder that you can write to, or install a newer libstdc++6.",
                exception);
        }
    }

    /// <summary>The file of the system's C++ library, whose name ends in its version, from the list of what this process has loaded.</summary>
    private static string FoundLibrary()
    {
        string? line = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains($"/{StandardLibrary}", StringComparison.Ordinal));
        return line?[line.IndexOf('/', StringComparison.Ordinal)..] ?? "an unknown one";
    }
}
