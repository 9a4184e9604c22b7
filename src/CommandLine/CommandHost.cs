using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Diffusion.CommandLine;

/// <summary>Runs a command line: one clear message on standard error and the right exit code, whatever happens.</summary>
public static partial class CommandHost
{
    /// <summary>How long Ctrl-C waits for a command to put its files in order.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

    /// <summary>SIGXFSZ of Linux and macOS: a file would grow beyond what the shell allows. Without a handler it ends the process; with
    /// one, the write fails as on a full disk.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    /// <summary>The handler of <see cref="FileTooLarge"/>. It is kept until the process ends: a signal may be delivered after its write has
    /// failed.</summary>
    private static PosixSignalRegistration? s_fileTooLarge;

    /// <summary>What .NET complains of where a file grows too large.</summary>
    private const string FileTooLong = "Specified file length was too large";

    /// <summary>Parses and runs.</summary>
    /// <param name="root">The command with its options and subcommands.</param>
    /// <param name="arguments">The words of the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(root);
        ParseResult parsed = root.Parse(arguments.Count > 0 ? arguments : ["--help"]);
        if (parsed.Errors.Count > 0)
        {
            return Fail($"{UnknownCommand(parsed) ?? Describe(parsed.Errors[0].Message)} Add --help for usage.", ExitCode.BadInput);
        }

        if (WordCheck.Complaint(parsed) is { } complaint)
        {
            return Fail(complaint, ExitCode.BadInput);
        }

        s_fileTooLarge ??= OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true);
        try
        {
            InvocationConfiguration configuration = new()
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout,
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (DiffusionException exception)
        {
            return Fail(exception.Message, ExitCode.BadInput);
        }
        catch (OutOfMemoryException)
        {
            return Fail("There is not enough memory for the requested points. Use fewer points.", ExitCode.BadInput);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail($"A file could not be read or written: {exception.Message.TrimEnd('.')}.", ExitCode.BadInput);
        }
        catch (ArgumentOutOfRangeException exception) when (exception.Message.StartsWith(FileTooLong, StringComparison.Ordinal))
        {
            return Fail(
                "The results could not be written: a file would exceed the size limit of the shell or the disk. "
                    + "Use another location or fewer points.",
                ExitCode.BadInput);
        }
        catch (NotAsRequiredException exception)
        {
            return Fail(exception.Message, ExitCode.NotAsRequired);
        }
        catch (PipeClosedException)
        {
            return ExitCode.PipeClosed;
        }
        catch (InterruptedException exception)
        {
            return Fail(exception.Message, ExitCode.Interrupted);
        }
        catch (OperationCanceledException)
        {
            return Fail("Interrupted. Unfinished files were not written.", ExitCode.Interrupted);
        }
        catch (Exception exception)
        {
            return Fail(
                $"This is a bug in the program, not in your input. Please report it with the command and the following text.\n{exception}",
                ExitCode.Mistake);
        }
    }

    /// <summary>Gives a command its work, on a thread of its own: those of the pool must be free to hear Ctrl-C.</summary>
    public static void SetWork(this Command command, Action<ParseResult, CancellationToken> work)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Of those who listen to a signal the last is told first: this one at the second Ctrl-C, before the one that waits.
            PosixSignalRegistration? impatience = null;
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                // The terminal is gone. What was begun is put in order all the same.
                context.Cancel = true;
                end.Cancel();
            });
            using CancellationTokenRegistration patience = cancellationToken.Register(
                () => impatience = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave));
            try
            {
                await Task.Factory
                    .StartNew(() => work(parsed, end.Token), end.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                    .ConfigureAwait(false);
                return ExitCode.Done;
            }
            finally
            {
                impatience?.Dispose();
            }
        });
    }

    /// <summary>The first Ctrl-C lets a command put its files in order; whoever presses again will not wait for that.</summary>
    private static void Leave(PosixSignalContext context)
        => Environment.Exit(Fail("Interrupted twice. Unfinished files were not written.", ExitCode.Interrupted));

    /// <summary>What to say of a word where a command is expected, or null.</summary>
    private static string? UnknownCommand(ParseResult parsed)
    {
        Command last = parsed.CommandResult.Command;
        string? word = parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-'));
        return last.Subcommands.Count == 0 || word is null
            ? null
            : $"There is no command '{word}'. Choose one of: {string.Join(", ", last.Subcommands.Select(command => command.Name))}.";
    }

    /// <summary>The parser's message on one line, in words that need no knowledge of .NET.</summary>
    private static string Describe(string message)
    {
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return ExpectedType().Replace(line, match => match.Groups[1].Value switch
        {
            "Double" or "Single" => ": expected a number.",
            "UInt64" => $": expected a whole number between 0 and {ulong.MaxValue}.",
            "Int64" => $": expected a whole number of at most {long.MaxValue}.",
            _ => $": expected a whole number of at most {int.MaxValue}.",
        });
    }

    [GeneratedRegex(@" as expected type '(?:[^']*\[)?System\.(\w+)[^']*'\.?")]
    private static partial Regex ExpectedType();

    private static int Fail(string message, int exitCode)
    {
        try
        {
            Console.Error.WriteLine($"error: {message}");
        }
        catch (IOException)
        {
            // Nobody can be told; the exit code says it.
        }

        return exitCode;
    }
}

/// <summary>Ctrl-C was pressed, and there is more to say about it than that.</summary>
/// <param name="message">What was kept, and how to go on.</param>
public sealed class InterruptedException(string message) : OperationCanceledException(message);
