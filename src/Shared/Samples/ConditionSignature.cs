namespace Diffusion.Samples;

/// <summary>Which conditions a network takes beside the noisy sample and the timestep.</summary>
/// <param name="ClassCount">The number of classes, without "none"; 0 if the network takes no labels.</param>
/// <param name="TakesGiven">Whether it takes given values and their mask.</param>
public readonly record struct ConditionSignature(int ClassCount = 0, bool TakesGiven = false)
{
    /// <summary>Gets a value indicating whether the network takes class labels.</summary>
    public bool TakesLabels => ClassCount > 0;

    /// <summary>Gets the label that stands for "none", with which a network was trained to answer without a class: the one after the
    /// last.</summary>
    public long NoLabel => ClassCount;

    /// <summary>Gets a value indicating whether the network takes no conditions.</summary>
    public bool IsEmpty => !TakesLabels && !TakesGiven;

    /// <summary>Returns the conditions as text, such as "3 classes and no given values".</summary>
    public override string ToString() => Invariant($"{ClassCount} classes and {(TakesGiven ? "given values" : "no given values")}");
}
