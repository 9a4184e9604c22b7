using System.Runtime.Intrinsics;
using Diffusion.Randomness;

namespace Diffusion.Tests.Randomness;

[TestClass]
public sealed class PhiloxTests
{
    /// <summary>The known answers of Random123 (Salmon et al. 2011) for philox4x32-10.</summary>
    [TestMethod]
    [DataRow(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [DataRow(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [DataRow(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Words_AreTheKnownAnswers(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint w0, uint w1, uint w2, uint w3)
    {
        PhiloxWords counter = new(Vector256.Create(c0), Vector256.Create(c1), Vector256.Create(c2), Vector256.Create(c3));
        PhiloxWords words = Philox.Group(counter, key0 | ((ulong)key1 << 32));
        Assert.AreEqual(new PhiloxWords(Vector256.Create(w0), Vector256.Create(w1), Vector256.Create(w2), Vector256.Create(w3)), words);
    }

    [TestMethod]
    public void Lanes_DoNotMix()
    {
        Vector256<uint> lanes = Vector256<uint>.Indices * 0x01234567u;
        PhiloxWords together = Philox.Group(new PhiloxWords(lanes, lanes, lanes, lanes), 42);
        for (int lane = 0; lane < Vector256<uint>.Count; lane++)
        {
            Vector256<uint> alone = Vector256.Create(lanes[lane]);
            Assert.AreEqual(Philox.Group(new PhiloxWords(alone, alone, alone, alone), 42).W2[lane], together.W2[lane]);
        }
    }
}
