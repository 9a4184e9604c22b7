namespace Diffusion.Onnx.Networks;

/// <summary>The weights of a layer y = x·Wᵀ + b.</summary>
/// <param name="Weight">W, <c>[out, in]</c> row by row.</param>
/// <param name="Bias">b, <c>[out]</c>; empty where the layer has none.</param>
public sealed record Dense(float[] Weight, float[] Bias);
