namespace Diffusion.Files;

/// <summary>Links between files.</summary>
internal static class FileLink
{
    /// <summary>The file that a path leads to, through all links, whether it is there or not.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Target(string path)
    {
        // .NET takes what a link in the current folder says for a path from the root, unless it is told the folder.
        string full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }
}
