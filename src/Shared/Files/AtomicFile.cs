using System.Text.RegularExpressions;

namespace Diffusion.Files;

/// <summary>Writes a file under a temporary name and moves it into place, so that nobody ever sees half of it.</summary>
public static partial class AtomicFile
{
    private const string TemporaryEnding = ".tmp";

    /// <summary>Where systems of the Unix family keep their devices, which .NET cannot tell from files.</summary>
    private const string Devices = "/dev";

    /// <summary>
    /// Writes a file, creating its folder where it is missing. If <paramref name="write"/> throws, or the
    /// program is left meanwhile, nothing is left behind.
    /// </summary>
    /// <param name="path">The file; an old one is replaced, and hands its permissions on. Where it is a
    /// link, the file that it points to is meant.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="DiffusionException">The place cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Guarded(path, full =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            string temporary = TemporaryName(full);
            EventHandler tidy = (_, _) => File.Delete(temporary);
            AppDomain.CurrentDomain.ProcessExit += tidy;
            try
            {
                using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
                {
                    KeepPermissions(full, stream);
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, full, overwrite: true);
            }
            finally
            {
                AppDomain.CurrentDomain.ProcessExit -= tidy;
                File.Delete(temporary);
            }
        });
    }

    /// <summary>Fails at once, before any work is done, where <see cref="Write"/> would fail later. Nothing is left behind.</summary>
    /// <exception cref="DiffusionException">The place cannot be written.</exception>
    public static void Check(string path) => Guarded(path, full =>
    {
        string folder = Path.GetDirectoryName(full)!;
        string[] missing = [.. Ancestors(folder).TakeWhile(ancestor => !Directory.Exists(ancestor))];
        Directory.CreateDirectory(folder);
        try
        {
            new FileStream(TemporaryName(full), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)
                .Dispose();
        }
        finally
        {
            // Unless somebody else has come to use them.
            foreach (string made in missing.TakeWhile(made => !Directory.EnumerateFileSystemEntries(made).Any()))
            {
                Directory.Delete(made);
            }
        }
    });

    /// <summary>A folder, the folder that it is in, and so on.</summary>
    private static IEnumerable<string> Ancestors(string folder)
    {
        for (string? ancestor = folder; ancestor is not null; ancestor = Path.GetDirectoryName(ancestor))
        {
            yield return ancestor;
        }
    }

    private static void Guarded(string path, Action<string> action)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new DiffusionException("The file name must not be empty.");
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new DiffusionException($"Cannot write '{path}': it is a folder. Specify a file name.");
        }

        try
        {
            full = FileLink.Target(full);
            RequireReplaceable(path, full);
            action(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiffusionException($"Cannot write '{path}': {Reason(exception, full)} Choose another location.", exception);
        }
    }

    /// <summary>What is there may be replaced only if it is a file, and one that may be written.</summary>
    private static void RequireReplaceable(string path, string full)
    {
        if (File.Exists(full))
        {
            using FileStream old = new(full, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!old.CanSeek || Path.GetDirectoryName(full) == Devices)
            {
                throw new DiffusionException($"Cannot write '{path}': it is a pipe or a device; a regular file is required.");
            }
        }
    }

    private static void KeepPermissions(string full, FileStream stream)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(full))
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(full));
        }
    }

    /// <summary>Why, without the name, which is said already, and the temporary one, which nobody but this class knows.</summary>
    private static string Reason(Exception exception, string full) => exception switch
    {
        UnauthorizedAccessException => "access is denied.",
        FileNotFoundException or DirectoryNotFoundException => "its folder does not exist and cannot be created, or is not writable.",
        _ => TemporaryNamePattern().Replace(exception.Message, "").Replace($" : '{full}'", ".", StringComparison.Ordinal),
    };

    [GeneratedRegex($@"\.[0-9a-f]{{32}}\{TemporaryEnding}")]
    private static partial Regex TemporaryNamePattern();

    private static string TemporaryName(string full) => $"{full}.{Guid.NewGuid():N}{TemporaryEnding}";
}
