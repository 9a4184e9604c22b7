namespace Diffusion.Training.Networks;

/// <summary>The function between the layers of a network.</summary>
public enum Activation
{
    /// <summary>x·sigmoid(x).</summary>
    Silu,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>tanh x.</summary>
    Tanh,
}
