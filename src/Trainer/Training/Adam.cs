using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tensor = TorchSharp.torch.Tensor;

namespace Diffusion.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, Algorithm 1), or AdamW where there is a weight decay. That of Torch calls a dozen small kernels for each
/// tensor of weights, which at the size of these networks takes a fifth of the training time; this one passes over the memory directly.
/// </summary>
internal sealed class Adam
{
    private const double Beta1 = 0.9;
    private const float Epsilon = 1e-8f;

    private readonly Tensor[] _parameters;
    private readonly double _beta2;
    private readonly double _weightDecay;
    private readonly double? _largestGradient;
    private readonly float[][] _first;
    private readonly float[][] _second;
    private readonly float[] _scratch;
    private int _steps;

    /// <param name="parameters">What is learned; parameters that take no gradient are left as they are.</param>
    /// <param name="beta2">β₂, the decay of the second moments, from 0 to below 1.</param>
    /// <param name="weightDecay">The decoupled weight decay, at least 0.</param>
    /// <param name="largestGradient">The largest norm of the whole gradient; null means any.</param>
    public Adam(IEnumerable<Tensor> parameters, double beta2, double weightDecay, double? largestGradient)
    {
        _parameters = [.. parameters.Where(parameter => parameter.requires_grad)];
        _beta2 = beta2;
        _weightDecay = weightDecay;
        _largestGradient = largestGradient;
        _first = Array.ConvertAll(_parameters, parameter => new float[parameter.numel()]);
        _second = Array.ConvertAll(_parameters, parameter => new float[parameter.numel()]);
        _scratch = new float[_first.Max(moments => moments.Length)];
    }

    /// <summary>Moves the weights against their gradients, which it then clears. Parameters that had no part in the loss stay.</summary>
    public void Step(double learningRate)
    {
        _steps++;
        double rate = learningRate / (1 - Math.Pow(Beta1, _steps));
        double unbias = 1 / (1 - Math.Pow(_beta2, _steps));
        float kept = (float)(1 - (learningRate * _weightDecay));
        Tensor?[] gradients = Array.ConvertAll(_parameters, parameter => parameter.grad);
        Shorten(gradients);
        for (int k = 0; k < _parameters.Length; k++)
        {
            using Tensor? gradient = gradients[k];
            if (gradient is not null)
            {
                Span<float> weights = Values(_parameters[k]);
                TensorPrimitives.Multiply(weights, kept, weights);
                Move(weights, Values(gradient), _first[k], _second[k], (float)rate, (float)unbias);
                gradient.zero_();
            }
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_steps);
        foreach (float[] moments in _first.Concat(_second))
        {
            writer.Write(MemoryMarshal.AsBytes<float>(moments));
        }
    }

    public void Load(BinaryReader reader)
    {
        _steps = reader.ReadInt32();
        foreach (float[] moments in _first.Concat(_second))
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(moments.AsSpan()));
        }
    }

    /// <summary>Scales the gradient of all parameters where its norm is too large.</summary>
    private void Shorten(Tensor?[] gradients)
    {
        if (_largestGradient is not { } largest)
        {
            return;
        }

        double norm = Math.Sqrt(gradients.OfType<Tensor>().Sum(gradient => (double)TensorPrimitives.SumOfSquares<float>(Values(gradient))));
        foreach (Tensor gradient in gradients.OfType<Tensor>().Where(_ => norm > largest))
        {
            TensorPrimitives.Multiply(Values(gradient), (float)(largest / norm), Values(gradient));
        }
    }

    /// <summary>m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − rate·m/(√(unbias·v) + ε).</summary>
    private void Move(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, float unbias)
    {
        Span<float> scratch = _scratch.AsSpan(0, weights.Length);
        TensorPrimitives.Lerp(first, gradient, (float)(1 - Beta1), first);
        TensorPrimitives.Multiply(gradient, gradient, scratch);
        TensorPrimitives.Lerp(second, scratch, (float)(1 - _beta2), second);
        TensorPrimitives.Multiply(second, unbias, scratch);
        TensorPrimitives.Sqrt(scratch, scratch);
        TensorPrimitives.Add(scratch, Epsilon, scratch);
        TensorPrimitives.Divide(first, scratch, scratch);
        TensorPrimitives.MultiplyAdd(scratch, -rate, weights, weights);
    }

    /// <summary>The memory of a tensor itself.</summary>
    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
