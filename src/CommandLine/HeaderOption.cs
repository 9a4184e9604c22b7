using System.CommandLine;

namespace Diffusion.CommandLine;

/// <summary>The option --header, which says whether the first line of a .csv file is its header.</summary>
public static class HeaderOption
{
    /// <summary>The name of the option.</summary>
    public const string Name = "--header";

    private const string Yes = "yes";
    private const string No = "no";

    /// <summary>Makes the option.</summary>
    public static Option<string?> Create()
    {
        Option<string?> option = new(Name)
        {
            Description = $"The first line of a .csv file is its header: {Yes} or {No} [default: detected from the whole file]",
        };
        option.AcceptOnlyFromAmong(Yes, No);
        return option;
    }

    /// <summary>What was said, or null where nothing was.</summary>
    public static bool? Parse(string? word) => word is null ? null : word == Yes;
}
