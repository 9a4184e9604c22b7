namespace Diffusion.Evaluation.Tables.Boosting;

/// <summary>The derivatives of the loss of one row by its score.</summary>
/// <param name="First">The first derivative.</param>
/// <param name="Second">The second derivative.</param>
internal readonly record struct Gradient(float First, float Second);

/// <summary>Derivatives summed over rows.</summary>
internal struct GradientSum
{
    public double First;
    public double Second;
    public int Count;

    public void Add(Gradient gradient)
    {
        First += gradient.First;
        Second += gradient.Second;
        Count++;
    }

    public static GradientSum operator +(GradientSum a, GradientSum b)
        => new() { First = a.First + b.First, Second = a.Second + b.Second, Count = a.Count + b.Count };

    public static GradientSum operator -(GradientSum a, GradientSum b)
        => new() { First = a.First - b.First, Second = a.Second - b.Second, Count = a.Count - b.Count };

    /// <summary>Twice what the best common step of the rows takes off the loss, to second order: G²/H (Chen and Guestrin 2016).</summary>
    public readonly double Gain => First * First / Second;
}
