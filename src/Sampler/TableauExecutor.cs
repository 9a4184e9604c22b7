using System.Globalization;
using System.Numerics.Tensors;
using System.Numerics;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>Carries points through the rows of a <see cref="Tableau"/>. This is the only place that knows what a row means.</summary>
/// <typeparam name="T">The precision of the points: float with a network, double where a closed form is to be met exactly.</typeparam>
internal sealed class TableauExecutor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tableau _tableau;
    private readonly NoisePrediction<T> _predict;
    private readonly NoiseSource<T> _noise;
    private readonly T[] _x;
    private readonly T[] _base;
    private readonly T[] _z;
    private readonly T[][] _history;
    private int _length;
    private int _row;

    /// <summary>Places points at the start of the tableau.</summary>
    /// <param name="tableau">The rows.</param>
    /// <param name="start">x_T, <c>[n, d]</c>; copied.</param>
    /// <param name="predict">The network.</param>
    /// <param name="noise">The noise of rows that add some.</param>
    public TableauExecutor(Tableau tableau, ReadOnlySpan<T> start, NoisePrediction<T> predict, NoiseSource<T> noise)
        : this(tableau, start.Length, predict, noise) => start.CopyTo(Begin(start.Length));

    /// <summary>Makes room for points, which <see cref="Begin"/> then places.</summary>
    /// <param name="tableau">The rows.</param>
    /// <param name="capacity">The largest number of coordinates.</param>
    /// <param name="predict">The network.</param>
    /// <param name="noise">The noise of rows that add some.</param>
    public TableauExecutor(Tableau tableau, int capacity, NoisePrediction<T> predict, NoiseSource<T> noise)
    {
        ArgumentNullException.ThrowIfNull(tableau);
        _tableau = tableau;
        _predict = predict;
        _noise = noise;
        _x = new T[capacity];
        _base = tableau.Steps < tableau.Rows.Length ? new T[capacity] : [];
        _z = tableau.IsDeterministic ? [] : new T[capacity];
        _history = [.. Enumerable.Range(0, tableau.HistoryLength).Select(_ => new T[capacity])];
    }

    /// <summary>The points as they are now, <c>[n, d]</c>.</summary>
    public ReadOnlySpan<T> X => _x.AsSpan(0, _length);

    /// <summary>Whether all rows are done.</summary>
    public bool IsDone => _row == _tableau.Rows.Length;

    /// <summary>Goes back to the first row, with other points in the memory of those before.</summary>
    /// <param name="length">The number of coordinates, at most the capacity.</param>
    /// <returns>The place for x_T, <c>[n, d]</c>.</returns>
    public Span<T> Begin(int length)
    {
        _length = length;
        _row = 0;
        return _x.AsSpan(0, length);
    }

    /// <summary>Does the next row.</summary>
    /// <exception cref="DiffusionException">A coordinate is no finite number any more.</exception>
    public void Advance()
    {
        TableauRow row = _tableau.Rows[_row];
        bool startsStep = _row == 0 || _tableau.Rows[_row - 1].EndsStep;
        Span<T> x = _x.AsSpan(0, _length);
        if (startsStep && !row.EndsStep)
        {
            x.CopyTo(_base);
        }

        Span<T> start = startsStep ? x : _base.AsSpan(0, _length);
        Span<T> newest = PushHistory().AsSpan(0, _length);
        _predict(x, row.Level, newest);
        if (row.P != 0 || row.Q != 1)
        {
            TensorPrimitives.Multiply<T>(newest, T.CreateTruncating(row.Q), newest);
            TensorPrimitives.MultiplyAdd<T>(x, T.CreateTruncating(row.P), newest, newest);
        }

        TensorPrimitives.Multiply<T>(start, T.CreateTruncating(row.A), x);
        for (int k = 0; k < row.C.Length; k++)
        {
            TensorPrimitives.MultiplyAdd<T>(_history[k].AsSpan(0, _length), T.CreateTruncating(row.C[k]), x, x);
        }

        if (row.S != 0)
        {
            Span<T> z = _z.AsSpan(0, _length);
            _noise(_row, z);
            TensorPrimitives.MultiplyAdd<T>(z, T.CreateTruncating(row.S), x, x);
        }

        RequireFinite(row, x);
        _row++;
    }

    /// <summary>Does all rows that are left and gives the points, <c>[n, d]</c>.</summary>
    public ReadOnlySpan<T> Run()
    {
        while (!IsDone)
        {
            Advance();
        }

        return X;
    }

    private void RequireFinite(TableauRow row, ReadOnlySpan<T> x)
    {
        if (!TensorPrimitives.IsFiniteAll(x))
        {
            throw new DiffusionException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {_row + 1} of {_tableau.Rows.Length}, at timestep {row.Level.Timestep:g6}, gives points that are not finite: "
                    + $"the network or the solver has diverged. "
                    + $"Use more steps, clip the clean data, or train with a smaller learning rate."));
        }
    }

    /// <summary>Makes room for the newest entry at the front; the oldest buffer is used again.</summary>
    private T[] PushHistory()
    {
        T[] recycled = _history[^1];
        Array.Copy(_history, 0, _history, 1, _history.Length - 1);
        return _history[0] = recycled;
    }
}

/// <summary>Computes ε̂ at samples <paramref name="x"/>, <c>[n, Size]</c>, of a noise level.</summary>
internal delegate void NoisePrediction<T>(ReadOnlySpan<T> x, NoiseLevel level, Span<T> epsilon);

/// <summary>Fills <paramref name="z"/>, <c>[n, Size]</c>, with the standard normal noise of row <paramref name="row"/>.</summary>
internal delegate void NoiseSource<T>(int row, Span<T> z);
