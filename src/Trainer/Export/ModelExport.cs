using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Files;
using Diffusion.Onnx.Networks;
using Diffusion.Randomness;
using Diffusion.Sampling;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training.Export;

/// <summary>Writes a network to an .onnx file and proves that the file computes what Torch computes.</summary>
public static class ModelExport
{
    /// <summary>The largest difference that is let through, relative to the largest output.</summary>
    public const double Tolerance = 1e-5;

    private const int ProofPoints = 1_024;
    private const int ProofTimesteps = 16;

    /// <summary>The standard deviation of the points of the proof: wide enough to reach past any data in the units of the network.</summary>
    private const float ProofScale = 2;

    /// <summary>Writes the network, proves the file and moves it into place. A file that fails is not put in place.</summary>
    /// <returns>The largest difference between Torch and the file, relative to the largest output.</returns>
    /// <exception cref="DiffusionException">The file computes something else, or the place cannot be written.</exception>
    public static double Save(string path, EpsilonMlp network, EpsilonMlpOptions options, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(network);
        byte[] model = EpsilonMlpGraph.Build(options, network.Weights(), card);
        double difference = double.NaN;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(model);
            stream.Position = 0;
            byte[] written = new byte[stream.Length];
            stream.ReadExactly(written);
            difference = Prove(written, network, card, path);
        });
        return difference;
    }

    /// <summary>The largest difference between Torch and an exported model over random points and timesteps, relative to the largest output.</summary>
    /// <exception cref="DiffusionException">The difference is above <see cref="Tolerance"/>.</exception>
    public static double Prove(byte[] model, EpsilonMlp network, ModelCard card, string source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        using OnnxDenoiser predictor = OnnxDenoiser.FromBytes(model, source);
        using IDisposable noGradient = no_grad();
        double largestDifference = 0;
        double largestOutput = 0;
        for (uint k = 0; k < ProofTimesteps; k++)
        {
            // From the first index to the last, fractions between them.
            double timestep = (card.Schedule.TrainTimesteps - 1) * k / (ProofTimesteps - 1.0);
            float[] x = new float[ProofPoints * card.Data.Dimension];
            new PhiloxNormal(k, RandomDomain.Sampling).Fill(k, 0, x);
            x = Array.ConvertAll(x, value => ProofScale * value);
            float[] ours = new float[x.Length];
            predictor.Predict(new DenoiserCall(x, card.Schedule.At(timestep)), ours);
            using DisposeScope scope = NewDisposeScope();
            float[] theirs = network.forward(tensor(x, [ProofPoints, card.Data.Dimension]), tensor([(float)timestep])).data<float>().ToArray();
            for (int i = 0; i < ours.Length; i++)
            {
                // Unlike Max of a sequence, this one passes NaN on.
                largestDifference = Math.Max(largestDifference, Math.Abs((double)ours[i] - theirs[i]));
                largestOutput = Math.Max(largestOutput, Math.Abs((double)theirs[i]));
            }
        }

        double relative = largestDifference / largestOutput;
        return relative <= Tolerance
            ? relative
            : throw new DiffusionException(
                $"The exported file differs from the trained network by {relative:g3} of the largest output; "
                    + $"at most {Tolerance:g1} is allowed. The file was not written.");
    }
}
