namespace Diffusion;

/// <summary>Looks a thing up by its name among a short list of things.</summary>
public static class Catalogue
{
    /// <exception cref="DiffusionException">Nothing has that name; the message lists the names there are.</exception>
    public static T Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name, string what)
        where T : class
        => all.FirstOrDefault(item => nameOf(item).Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DiffusionException($"There is no {what} '{name}'. Choose one of: {string.Join(", ", all.Select(nameOf))}.");
}
