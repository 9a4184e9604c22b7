using Diffusion.Cards;
using Diffusion.Onnx;
using Diffusion.Samples;
using Diffusion.TorchExport;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Export;

/// <summary>Writes a network with its model card to an .onnx file, proved against Torch.</summary>
public static class ModelExport
{
    /// <summary>What messages call the network.</summary>
    private const string Source = "the model";

    private const string Samples = "n";
    private const string Timesteps = "m";

    /// <summary>Writes the network, proves the file and moves it into place. A file that fails is not put in place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="card">What the file says about itself.</param>
    /// <param name="configure">Adds to the export, such as handlers of the caller's own layers; by default nothing.</param>
    /// <returns>The largest difference between Torch and the file, relative to the largest output.</returns>
    /// <exception cref="DiffusionException">
    /// The file computes something else, the card is that of another network, or the place cannot be written.
    /// </exception>
    public static double Save(string path, Network network, ModelCard card, Action<OnnxExportOptions>? configure = null)
    {
        Check(network, card);
        return OnnxExport.Save(network, path, options => Describe(network, options, configure), card.ToMetadata());
    }

    /// <summary>Writes the network to memory and proves what it has written.</summary>
    /// <param name="network">The network.</param>
    /// <param name="card">What the file says about itself.</param>
    /// <param name="configure">Adds to the export, such as handlers of the caller's own layers; by default nothing.</param>
    /// <returns>The content of an .onnx file.</returns>
    /// <exception cref="DiffusionException">The file computes something else, or the card is that of another network.</exception>
    public static byte[] Build(Network network, ModelCard card, Action<OnnxExportOptions>? configure = null)
    {
        Check(network, card);
        return OnnxExport.Build(network, options => Describe(network, options, configure), card.ToMetadata());
    }

    /// <summary>Declares the inputs and the output of a network for an export.</summary>
    private static void Describe(Network network, OnnxExportOptions options, Action<OnnxExportOptions>? configure)
    {
        Axis[] sample = [Samples, .. network.Signature.Shape.Lengths.Select(length => (Axis)length)];
        ConditionSignature conditions = network.Signature.Conditions;
        options.Input(NetworkInputs.Sample, sample);
        options.Input(NetworkInputs.Timestep, InputValues.Uniform(0, network.Schedule.TrainTimesteps - 1), Timesteps);
        options.Broadcast(Timesteps, Samples);
        if (conditions.TakesLabels)
        {
            options.Input(NetworkInputs.ClassLabels, InputValues.Indices(conditions.NoLabel + 1), Samples);
        }

        if (conditions.TakesGiven)
        {
            options.Input(NetworkInputs.Given, sample);
            options.Input(NetworkInputs.GivenMask, InputValues.Uniform(0, 1), sample);
        }

        options.Output(NetworkInputs.Output, sample);
        configure?.Invoke(options);
    }

    private static void Check(Network network, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        if (!card.Schedule.AlphaBars.SequenceEqual(network.Schedule.AlphaBars))
        {
            throw new DiffusionException("The noise schedule of the model card must be that of the network.");
        }

        card.Validate(Source);
        network.Signature.RequireCard(card, Source);
    }
}
