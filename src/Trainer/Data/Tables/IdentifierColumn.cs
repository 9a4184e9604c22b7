using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>Recognises columns of numbers that name the rows.</summary>
internal static class IdentifierColumn
{
    /// <summary>Fewer rows say nothing.</summary>
    private const int FewestRows = 10;

    private static readonly string[] Endings = ["id", "key", "index", "uuid", "guid"];

    /// <summary>Whether all numbers are whole and different, and either count on without a gap or are called so.</summary>
    /// <param name="profile">The numbers.</param>
    public static bool IsIdentifier(ColumnProfile profile)
        => profile.Present >= FewestRows && profile.Different == profile.Present && profile.Missing == 0
            && ((NumberColumn)profile.Column).Format.Decimals == 0
            && (profile.Sorted[^1] - profile.Sorted[0] == profile.Present - 1 || IsCalledSo(profile.Column.Name));

    /// <summary>Whether the last word of a name is one such as "id", as in "user_id", "userId" and "ID".</summary>
    private static bool IsCalledSo(string name)
    {
        string? ending = Array.Find(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        if (ending is null)
        {
            return false;
        }

        int start = name.Length - ending.Length;
        return start == 0 || !char.IsLetter(name[start - 1]) || (char.IsUpper(name[start]) && char.IsLower(name[start - 1]));
    }
}
