namespace Diffusion.Training.Tests.Native;

/// <summary>Native libraries to try the patch on.</summary>
internal static class NativeFiles
{
    /// <summary>TorchSharp's library as its package has it; the copy that the tests load is patched before the first of them.</summary>
    public static byte[] ReadOriginal() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Native", "original.so"));

    /// <summary>Some other library that the tests are built with.</summary>
    public static byte[] Read(string name)
        => File.ReadAllBytes(Directory.GetFiles(AppContext.BaseDirectory, name, SearchOption.AllDirectories)[0]);
}
