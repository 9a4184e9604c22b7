using System.CommandLine;
using Diffusion.Rendering;

namespace Diffusion.Cli.Commands;

/// <summary>The option that chooses the colours of a picture.</summary>
internal static class ThemeOption
{
    public static Option<string> Create() => new("--theme")
    {
        Description = $"Colour theme: {string.Join(" or ", Theme.All.Select(theme => theme.Name))}",
        DefaultValueFactory = _ => Theme.Light.Name,
    };
}
