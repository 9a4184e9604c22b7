using System.Diagnostics;

namespace Diffusion.Tests.Support;

/// <summary>Runs a command of this project as a user does: in a process and a folder of its own.</summary>
internal static class CommandRun
{
    /// <summary>Runs to the end.</summary>
    /// <param name="command">The name of the program.</param>
    /// <param name="folder">The folder that it works in.</param>
    /// <param name="arguments">The words after the name.</param>
    /// <returns>The exit code, and what came out on standard output and on standard error.</returns>
    public static (int Code, string Output, string Messages) Of(string command, string folder, params string[] arguments)
    {
        using Process process = Launch(folder, ["dotnet", PathOf(command), .. arguments]);
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, messages.Result);
    }

    /// <summary>
    /// Starts and does not wait. Ctrl-C reaches the process even where that of the tests was started with it
    /// switched off, as shells do in the background.
    /// </summary>
    public static Process Start(string command, string folder, params string[] arguments)
        => Launch(folder, ["env", "--default-signal=INT", "dotnet", PathOf(command), .. arguments]);

    /// <summary>Presses Ctrl-C, or sends another signal, and waits for the end.</summary>
    public static int Interrupt(Process process, string signal = "INT")
    {
        Signal(process, signal);
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(20)));
        return process.ExitCode;
    }

    /// <summary>Sends a signal.</summary>
    public static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Asks again and again, for a minute at most, until what another process is to do has been done.</summary>
    public static void WaitFor(Func<bool> condition)
    {
        Assert.IsTrue(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(1)));
    }

    /// <summary>
    /// A command refused its input: exit code 2, one line on standard error with the message in it, nothing on standard output.
    /// </summary>
    public static void AssertRefused(string message, (int Code, string Output, string Messages) run)
    {
        Assert.AreEqual(2, run.Code, run.Messages);
        Assert.AreEqual("", run.Output);
        StringAssert.Contains(run.Messages, message);
        Assert.AreEqual(1, run.Messages.Count(character => character == '\n'), run.Messages);
    }

    private static string PathOf(string command) => Path.Combine(AppContext.BaseDirectory, $"{command}.dll");

    private static Process Launch(string folder, string[] words)
        => Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
