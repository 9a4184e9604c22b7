using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Diffusion.Fuzz.Tests;

/// <summary>
/// Random inputs by the thousand, the same ones every time. FUZZ_INPUTS says how many each test tries, FUZZ_SEED which;
/// a failure is told with the input that led to it.
/// </summary>
internal static class Fuzzing
{
    private const int UsualInputs = 2_000;

    /// <summary>FsCheck lets inputs grow up to this size.</summary>
    private const int LargestSize = 60;

    private static readonly int Inputs = (int)Setting("FUZZ_INPUTS", UsualInputs);
    private static readonly ulong Seed = Setting("FUZZ_SEED", 1);

    /// <summary>Tries a law on random inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="law">Throws where it does not hold.</param>
    /// <param name="cost">How many times as long as usual an input takes: so many times fewer are tried.</param>
    public static void Try<T>(Gen<T> inputs, Action<T> law, int cost = 1)
    {
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(Math.Max(1, Inputs / cost))
            .WithEndSize(LargestSize)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(Arb.From(inputs), law));
    }

    /// <summary>Does something that may refuse its input, but do nothing worse.</summary>
    /// <returns>The result, or the default where it was refused.</returns>
    public static T? Refusable<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (DiffusionException)
        {
            return default;
        }
    }

    private static ulong Setting(string name, ulong usual)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : usual;
}
