using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Onnx.Compiling;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>Gives a network a card, as this project's own models have.</summary>
internal static class CardedNetwork
{
    /// <summary>The bytes of the network with a card of the usual schedule.</summary>
    public static byte[] Bytes(byte[] network, DataInfo data)
        => Bytes(network, new ModelCard { Schedule = NoiseSchedule.Linear(), Data = data });

    /// <summary>The bytes of the network with a card.</summary>
    public static byte[] Bytes(byte[] network, ModelCard card) => NetworkAdapter.Adapt(NetworkFile.Read(network, "network"), card);
}
