namespace Diffusion.Onnx.Compiling;

/// <summary>How a network takes the timestep.</summary>
internal enum TimestepKind
{
    /// <summary>As a scalar.</summary>
    Scalar,

    /// <summary>As <c>[1]</c>, for all points alike.</summary>
    One,

    /// <summary>As <c>[n]</c>, one for each point.</summary>
    PerPoint,
}
