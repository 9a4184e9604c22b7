using System.Runtime.Intrinsics;

namespace Diffusion.Randomness;

/// <summary>Word 0 … 3 of eight Philox blocks, one block per lane.</summary>
internal readonly record struct PhiloxWords(Vector256<uint> W0, Vector256<uint> W1, Vector256<uint> W2, Vector256<uint> W3);
