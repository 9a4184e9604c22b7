namespace Diffusion.CommandLine;

/// <summary>What the commands exit with.</summary>
public static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>Something the user gave is not usable.</summary>
    public const int BadInput = 2;

    /// <summary>All was done, but what was measured is not as required.</summary>
    public const int NotAsRequired = 3;

    /// <summary>The program itself is wrong: EX_SOFTWARE of sysexits.h.</summary>
    public const int Mistake = 70;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of a pipe has ended: 128 + SIGPIPE, as shells have it.</summary>
    public const int PipeClosed = 141;
}
