namespace Diffusion.CommandLine;

/// <summary>Sentences on standard error that a user should read, and that no error goes with.</summary>
public static class Remarks
{
    /// <summary>A longer remark quotes much of a file; it loses its middle.</summary>
    private const int LongestRemark = 2_000;

    /// <summary>Writes a line for each; what a file contributed to it cannot move the cursor.</summary>
    public static void Write(IEnumerable<string> remarks)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        foreach (string remark in remarks)
        {
            Console.Error.WriteLine(PlainText.Of(remark, LongestRemark));
        }
    }
}
