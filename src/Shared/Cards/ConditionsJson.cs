using System.Text.Json.Serialization;
using Diffusion.Samples;

namespace Diffusion.Cards;

/// <summary>The entry <c>diffusion.conditions</c> of a card, as it is written; a card without it is that of an unconditional
/// network.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ConditionsJson
{
    /// <summary>Gets the number of classes, without "none"; null for a network that takes no labels.</summary>
    public int? Classes { get; init; }

    /// <summary>Gets the names of the classes; null where they have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets whether the network takes given values and their mask; null means no.</summary>
    public bool? Given { get; init; }

    /// <summary>Describes the conditions of a card.</summary>
    public static ConditionsJson From(ModelCard card) => new()
    {
        Classes = card.Conditions.TakesLabels ? card.Conditions.ClassCount : null,
        ClassNames = card.ClassNames,
        Given = card.Conditions.TakesGiven ? true : null,
    };

    /// <summary>Returns the conditions described.</summary>
    /// <param name="place">What to call the entry in messages.</param>
    /// <exception cref="DiffusionException">A key is unknown, or a value is out of range.</exception>
    public ConditionSignature ToSignature(string place)
    {
        ConditionSignature signature = new(Classes ?? 0, Given ?? false);
        Validate(signature, ClassNames, place);
        return signature;
    }

    /// <summary>Refuses a number of classes that is out of range, and names that are not one for each class.</summary>
    /// <exception cref="DiffusionException">A value is out of range.</exception>
    public static void Validate(ConditionSignature signature, IReadOnlyList<string>? names, string place)
    {
        if (signature.ClassCount is < 0 or > ModelCard.LargestClassCount)
        {
            throw new DiffusionException(
                $"{place}: the number of classes must be between 0 and {ModelCard.LargestClassCount}; was {signature.ClassCount}.");
        }

        if (names is not null && (names.Count != signature.ClassCount || names.Any(name => name is null)))
        {
            throw new DiffusionException($"{place}: {signature.ClassCount} class names are required; found {names.Count}.");
        }
    }
}
