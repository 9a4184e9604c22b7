using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.TorchExport.Proving;

/// <summary>Compares a written file with the module that it was written from, on random inputs of several sizes.</summary>
internal static class Proof
{
    private const ulong Seed = 1;

    /// <summary>Returns the largest difference between Torch and a file over all rounds, relative to the largest output.</summary>
    /// <exception cref="DiffusionException">The difference is too large, or one of both fails.</exception>
    public static double Run(PortableModule module, byte[] file, OnnxExportOptions options)
    {
        bool wasTraining = module.training;
        module.eval();
        try
        {
            return Compare(module, file, options);
        }
        finally
        {
            module.train(wasTraining);
        }
    }

    private static double Compare(PortableModule module, byte[] file, OnnxExportOptions options)
    {
        using ProofSession session = ProofSession.Open(file, options.OutputName);
        using IDisposable noGradient = no_grad();
        using Generator generator = new(Seed);
        double largestDifference = 0;
        double largestOutput = 0;
        foreach (IReadOnlyDictionary<string, int> sizes in ProofSizes.Rounds(options))
        {
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor> inputs = options.Inputs.ToDictionary(
                input => input.Name, input => input.Values.Draw(ProofSizes.Shape(input.Axes, sizes), generator));
            (float[] torch, long[] torchShape) = At("module", sizes, () => Evaluate(module, inputs));
            (float[] onnx, long[] onnxShape) = At("exported file", sizes, () => session.Run(inputs));
            if (!onnxShape.SequenceEqual(torchShape))
            {
                throw new DiffusionException(
                    $"The exported file gives the shape {Text(onnxShape)} where the module gives {Text(torchShape)}, for {Text(sizes)}. "
                        + $"Nothing was written.");
            }

            for (int i = 0; i < onnx.Length; i++)
            {
                // Unlike Max of a sequence, this one passes NaN on.
                largestDifference = Math.Max(largestDifference, Math.Abs((double)onnx[i] - torch[i]));
                largestOutput = Math.Max(largestOutput, Math.Abs((double)torch[i]));
            }
        }

        double relative = largestDifference == 0 ? 0 : largestDifference / largestOutput;
        return relative <= OnnxExport.Tolerance
            ? relative
            : throw new DiffusionException(
                $"The exported file differs from the module by {relative:g3} of the largest output; "
                    + $"at most {OnnxExport.Tolerance:g1} is allowed. Nothing was written.");
    }

    private static (float[] Values, long[] Shape) Evaluate(PortableModule module, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Tensor output = module.Forward(inputs).cpu();
        return (output.data<float>().ToArray(), output.shape);
    }

    /// <summary>Runs one of both and says at which sizes it fails.</summary>
    private static TResult At<TResult>(string which, IReadOnlyDictionary<string, int> sizes, Func<TResult> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or ExternalException or ArgumentException)
        {
            throw new DiffusionException(
                $"The {which} fails for {Text(sizes)}: {exception.Message.Split('\n')[0].TrimEnd('.')}. Nothing was written.", exception);
        }
    }

    private static string Text(long[] shape) => $"[{string.Join(", ", shape.Select(length => Invariant($"{length}")))}]";

    private static string Text(IReadOnlyDictionary<string, int> sizes)
        => sizes.Count == 0 ? "its fixed sizes" : string.Join(", ", sizes.Select(size => Invariant($"{size.Key} = {size.Value}")));
}
