namespace Diffusion.Tests.Support;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
        => File.Exists(Path.Combine(folder, "Diffusion.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
