using Diffusion.Onnx;

namespace Diffusion.TorchExport;

/// <summary>An input of an exported file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its type, and the values with which it is proved.</param>
/// <param name="Axes">The lengths of its axes.</param>
internal sealed record OnnxInput(string Name, InputValues Values, IReadOnlyList<Axis> Axes);
