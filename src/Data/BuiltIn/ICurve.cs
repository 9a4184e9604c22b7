namespace Diffusion.Data.BuiltIn;

/// <summary>A data set whose points lie on a curve but for a little noise.</summary>
public interface ICurve
{
    /// <summary>The Euclidean distance of a point from the curve.</summary>
    /// <param name="point">A point, <c>[d]</c>.</param>
    double DistanceToCurve(ReadOnlySpan<float> point);
}
