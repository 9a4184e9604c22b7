using System.Collections.Concurrent;
using TorchSharp;

namespace Diffusion.TorchExport;

/// <summary>A number for Torch that lives as long as the program. The numbers of modules are constants, and so few.</summary>
internal sealed class HeldScalar
{
    /// <summary>The number 1.</summary>
    public static readonly Scalar One = 1;

    private static readonly ConcurrentDictionary<double, HeldScalar> All = new();

    private readonly Scalar _value;

    private HeldScalar(double number) => _value = number;

    /// <summary>Returns a number, the same object each time.</summary>
    public static Scalar Of(double number) => All.GetOrAdd(number, key => new HeldScalar(key))._value;
}
