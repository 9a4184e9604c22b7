using System.Numerics.Tensors;
using Diffusion.Points;

namespace Diffusion.Evaluation.Metrics;

/// <summary>Distances from one point to all points of a set, which is kept axis by axis so that they are computed many at once.</summary>
internal sealed class PointPairs
{
    private readonly float[][] _axes;

    public PointPairs(params ReadOnlySpan<PointSet> sets)
    {
        int count = 0;
        foreach (PointSet set in sets)
        {
            count += set.Count;
        }

        Count = count;
        _axes = new float[sets[0].Dimension][];
        for (int axis = 0; axis < _axes.Length; axis++)
        {
            _axes[axis] = new float[count];
            int next = 0;
            foreach (PointSet set in sets)
            {
                for (int i = 0; i < set.Count; i++)
                {
                    _axes[axis][next++] = set[i][axis];
                }
            }
        }
    }

    /// <summary>The number of points.</summary>
    public int Count { get; }

    /// <summary>Squared Euclidean distances of the points from <paramref name="first"/> on.</summary>
    /// <param name="point">The point to measure from, <c>[d]</c>.</param>
    /// <param name="first">The first point to measure to.</param>
    /// <param name="squares">Receives the squares; its length says to how many points.</param>
    /// <param name="differences">Working space of the same length.</param>
    public void Squares(ReadOnlySpan<float> point, int first, Span<float> squares, Span<float> differences)
    {
        squares.Clear();
        for (int axis = 0; axis < _axes.Length; axis++)
        {
            TensorPrimitives.Subtract(_axes[axis].AsSpan(first, squares.Length), point[axis], differences);
            TensorPrimitives.MultiplyAdd(differences, differences, squares, squares);
        }
    }

    /// <summary>Refuses two sets that cannot be compared.</summary>
    /// <exception cref="ArgumentException">The sets differ in size or dimension.</exception>
    public static void RequireAlike(PointSet first, PointSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Dimension != second.Dimension)
        {
            throw new ArgumentException(
                Invariant(
                    $"Sets of equal shape are required; found [{first.Count}, {first.Dimension}], [{second.Count}, {second.Dimension}]."),
                nameof(second));
        }
    }
}
