using Diffusion.Files;
using Diffusion.Onnx;
using Diffusion.TorchExport.Proving;

namespace Diffusion.TorchExport;

/// <summary>Writes modules as .onnx files and proves that a file computes what Torch computes.</summary>
public static class OnnxExport
{
    /// <summary>The largest difference that is let through, relative to the largest output.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>
    /// Writes a module, proves the file and moves it into place; a file that fails is not put in place. The module is exported in
    /// evaluation mode.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file.</param>
    /// <param name="configure">Declares the inputs and the output.</param>
    /// <param name="metadata">Key and value pairs that the file carries.</param>
    /// <returns>The largest difference between Torch and the file, relative to the largest output.</returns>
    /// <exception cref="DiffusionException">
    /// A broadcast names an axis that no input has, a layer has no handler, the file computes something else, or the place cannot be
    /// written.
    /// </exception>
    public static double Save(
        PortableModule module, string path, Action<OnnxExportOptions> configure, IReadOnlyDictionary<string, string>? metadata = null)
    {
        OnnxExportOptions options = Options(configure);
        byte[] bytes = Write(module, options, metadata);
        double difference = double.NaN;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes);
            stream.Position = 0;
            byte[] written = new byte[stream.Length];
            stream.ReadExactly(written);
            difference = Proof.Run(module, written, options);
        });
        return difference;
    }

    /// <summary>Writes a module to memory and proves what it has written.</summary>
    /// <param name="module">The module.</param>
    /// <param name="configure">Declares the inputs and the output.</param>
    /// <param name="metadata">Key and value pairs that the file carries.</param>
    /// <returns>The content of an .onnx file.</returns>
    /// <exception cref="DiffusionException">
    /// A broadcast names an axis that no input has, a layer has no handler, or the file computes something else.
    /// </exception>
    public static byte[] Build(
        PortableModule module, Action<OnnxExportOptions> configure, IReadOnlyDictionary<string, string>? metadata = null)
    {
        OnnxExportOptions options = Options(configure);
        byte[] bytes = Write(module, options, metadata);
        Proof.Run(module, bytes, options);
        return bytes;
    }

    private static OnnxExportOptions Options(Action<OnnxExportOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        OnnxExportOptions options = new();
        configure(options);
        options.Validate();
        return options;
    }

    private static byte[] Write(PortableModule module, OnnxExportOptions options, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(module);
        GraphBuilder graph = new(module.GetName());
        GraphNet net = new(graph, module, options.Layers);
        Dictionary<string, GraphValue> inputs = options.Inputs.ToDictionary(input => input.Name, input =>
        {
            string name = input.Values.IsInt64 ? graph.InputInt64(input.Name, input.Axes) : graph.Input(input.Name, input.Axes);
            return new GraphValue(net, name, input.Axes.Count);
        });
        GraphValue output = module.Forward(net, new Inputs<GraphValue>(inputs));
        graph.Output(output.Name, options.OutputName, options.OutputAxes);
        return graph.ToModel(metadata ?? new Dictionary<string, string>());
    }
}
