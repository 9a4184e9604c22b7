using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Diffusion.Randomness;

/// <summary>
/// Philox4x32-10 (Salmon et al. 2011), a counter-based generator: four 32-bit words are a pure function of a
/// 128-bit counter and a 64-bit key. Eight blocks are computed side by side.
/// </summary>
internal static class Philox
{
    /// <summary>The number of blocks computed side by side.</summary>
    public const int BlocksPerGroup = 8;

    /// <summary>The number of words in a block.</summary>
    public const int WordsPerBlock = 4;

    /// <summary>The number of words that one call of <see cref="Group"/> gives.</summary>
    public const int WordsPerGroup = BlocksPerGroup * WordsPerBlock;

    // The constants of the paper, §3.3.
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>
    /// The words of eight blocks. Lane b of a vector belongs to the block whose counter is lane b of the four counter words.
    /// </summary>
    public static PhiloxWords Group(PhiloxWords counter, ulong key)
    {
        (Vector256<uint> c0, Vector256<uint> c1, Vector256<uint> c2, Vector256<uint> c3) = counter;
        uint key0 = (uint)key;
        uint key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            (Vector256<uint> high0, Vector256<uint> low0) = Multiply(c0, Multiplier0);
            (Vector256<uint> high1, Vector256<uint> low1) = Multiply(c2, Multiplier1);
            c0 = high1 ^ c1 ^ Vector256.Create(key0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector256.Create(key1);
            c3 = low0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return new PhiloxWords(c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> value, uint factor)
    {
        Vector256<ulong> lowHalves = Vector256.Create((ulong)uint.MaxValue);
        Vector256<ulong> even = MultiplyLowHalves(value.AsUInt64(), factor);
        Vector256<ulong> odd = MultiplyLowHalves(value.AsUInt64() >>> 32, factor);
        Vector256<ulong> high = (even >>> 32) | Vector256.AndNot(odd, lowHalves);
        Vector256<ulong> low = (even & lowHalves) | (odd << 32);
        return (high.AsUInt32(), low.AsUInt32());
    }

    /// <summary>The full product of the low 32 bits of each lane with the factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyLowHalves(Vector256<ulong> value, uint factor)
        => Avx2.IsSupported
            ? Avx2.Multiply(value.AsUInt32(), Vector256.Create(factor))
            : (value & Vector256.Create((ulong)uint.MaxValue)) * Vector256.Create((ulong)factor);
}

/// <summary>Word 0 … 3 of eight Philox blocks, one block per lane.</summary>
internal readonly record struct PhiloxWords(Vector256<uint> W0, Vector256<uint> W1, Vector256<uint> W2, Vector256<uint> W3);
