using Microsoft.Win32.SafeHandles;

namespace Diffusion.CommandLine;

/// <summary>Standard output for data, which notices when nobody reads it any more.</summary>
public static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>The error number of a write to a pipe without a reader, on Unix.</summary>
    private const int BrokenPipe = 32;

    /// <summary>Writes data.</summary>
    /// <exception cref="PipeClosedException">The program that was to read them has ended, as head does once it has enough.</exception>
    public static void Write(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            using Stream stream = Open();
            write(stream);
        }
        catch (IOException exception) when (!OperatingSystem.IsWindows() && exception.HResult == BrokenPipe)
        {
            throw new PipeClosedException(exception);
        }
    }

    /// <summary>
    /// .NET's own stream keeps quiet about a closed pipe, and a program would go on computing for nobody. It remains for
    /// files, whose place it shares with standard error.
    /// </summary>
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        FileStream direct = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write);
        return direct.CanSeek ? Console.OpenStandardOutput() : direct;
    }
}

/// <summary>Nobody reads the output any more: a reason to end, and none to complain.</summary>
public sealed class PipeClosedException(Exception inner) : Exception("The output pipe is closed.", inner);
