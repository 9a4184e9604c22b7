namespace Diffusion.Onnx.Networks;

/// <summary>The weights of the network that <see cref="EpsilonMlpOptions"/> describes.</summary>
/// <param name="Input">From the features of x_t to the first hidden layer, without a bias.</param>
/// <param name="Time">From the features of time to the first hidden layer; its bias serves both.</param>
/// <param name="Hidden">Between the hidden layers; one fewer than there are of these.</param>
/// <param name="Output">From the last hidden layer to F.</param>
public sealed record EpsilonMlpWeights(Dense Input, Dense Time, IReadOnlyList<Dense> Hidden, Dense Output);
