using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>What networks of one kind are told of the noise levels 0 … T−1: looked up, unless it is learned.</summary>
internal sealed class LevelTable : IDisposable
{
    /// <summary><c>[T, L]</c>; null where it depends on what is learned.</summary>
    private readonly Tensor? _levels;

    /// <param name="network">One of the networks.</param>
    /// <param name="trainTimesteps">The number T of levels.</param>
    public LevelTable(Network network, int trainTimesteps)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor levels = network.Level(tensor([.. Enumerable.Range(0, trainTimesteps).Select(i => (float)i)]));
        _levels = levels.requires_grad ? null : levels.MoveToOuterDisposeScope();
    }

    /// <summary>Gives what a network is told of the indices i, int64 <c>[n]</c>.</summary>
    /// <returns><c>[n, L]</c>, in the current scope.</returns>
    public Tensor At(Network network, Tensor indices)
        => _levels is null ? network.Level(indices.to(float32)) : _levels.index_select(0, indices);

    public void Dispose() => _levels?.Dispose();
}
