using Diffusion.Denoising;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// A row of a tableau in terms of what the network gives out, whatever it predicts. Without clipping
/// <c>d = X·x + Output·out</c>; with it <c>x̂₀ = CleanX·x + CleanOutput·out</c> is clipped first, and
/// <c>d = X·x + Output·x̂₀</c>.
/// </summary>
internal readonly record struct CompiledRow(TableauRow Row, double X, double Output, double CleanX, double CleanOutput)
{
    /// <summary>Writes a row for a network.</summary>
    public static CompiledRow From(TableauRow row, PredictionType prediction, bool isClipped)
    {
        // ε̂ = a·x + b·out, and d = p·x + q·ε̂.
        (double a, double b) = prediction.Noise(row.Level);
        if (!isClipped)
        {
            return new CompiledRow(row, row.P + (row.Q * a), row.Q * b, 0, 0);
        }

        // x̂₀ = u·x + v·ε̂; turned around, ε̂ = (x̂₀ − u·x)/v.
        (double u, double v) = ForwardProcess.CleanData(row.Level);
        return new CompiledRow(row, row.P - (row.Q * u / v), row.Q / v, u + (v * a), v * b);
    }
}
