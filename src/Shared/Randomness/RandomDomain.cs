
namespace Diffusion.Randomness;

/// <summary>What random numbers are for. Two uses with the same seed never share a number.</summary>
public enum RandomDomain : uint
{
    /// <summary>Initial noise and the noise of reverse steps.</summary>
    Sampling,

    /// <summary>Points of a data set.</summary>
    Data,

    /// <summary>The noise of the forward process.</summary>
    Forward,

    /// <summary>The training timesteps.</summary>
    Timestep,

    /// <summary>Initial weights of a network.</summary>
    Weights,

    /// <summary>The choice of points from a fixed set.</summary>
    Choice,

    /// <summary>The directions of projections.</summary>
    Direction,

    /// <summary>The choice of points that are held out.</summary>
    HoldOut,

    /// <summary>The noise that a network is measured with.</summary>
    Evaluation,

    /// <summary>The directions in which a divergence is estimated.</summary>
    Probe,

    /// <summary>The choice of class labels that are dropped in training.</summary>
    LabelDropout,

    /// <summary>The point of the interval that stands for a cell of a table.</summary>
    Cell,

    /// <summary>The choice of cells that are given in training.</summary>
    Given,
}
