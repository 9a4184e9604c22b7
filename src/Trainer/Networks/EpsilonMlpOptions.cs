namespace Diffusion.Training.Networks;

/// <summary>The shape of the multilayer perceptron that predicts ε from x_t and i.</summary>
public sealed record EpsilonMlpOptions
{
    /// <summary>The largest width and depth that are accepted.</summary>
    public const int LargestSize = 4096;

    /// <summary>The number of frequencies is limited by what float32 resolves of an angle.</summary>
    public const int MostFrequencies = 16;

    /// <summary>The number d of coordinates of a point, at least 1.</summary>
    public required int Dimension { get; init; }

    /// <summary>The number of units in each hidden layer, at least 1.</summary>
    public int Width { get; init; } = 128;

    /// <summary>The number of hidden layers, at least 1.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>The function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>How many of sin and cos of x, 2x, 4x, … accompany x; 0 for x alone (Tancik et al. 2020).</summary>
    public int InputFrequencies { get; init; } = 4;

    /// <summary>What stands for time.</summary>
    public TimeInput TimeInput { get; init; } = TimeInput.NoiseLevel;

    /// <summary>How many of sin and cos of πu, 2πu, 4πu, … accompany u; 0 for u alone.</summary>
    public int TimeFrequencies { get; init; } = 6;

    /// <summary>
    /// Whether the network's output F is turned into ε̂ = √(1−ᾱ)·x + √ᾱ·F, which is right at high noise from the start
    /// (after Karras et al. 2022, §5); otherwise ε̂ = F.
    /// </summary>
    public bool SkipOutput { get; init; } = true;

    /// <summary>The number of inputs that x_t becomes.</summary>
    public int InputFeatures => Dimension * (1 + (2 * InputFrequencies));

    /// <summary>The number of inputs that time becomes.</summary>
    public int TimeFeatures => 1 + (2 * TimeFrequencies);

    /// <summary>The lab's network: x and t/T into layers of 64 with ReLU, ε̂ out.</summary>
    public static EpsilonMlpOptions Plain(int dimension) => new()
    {
        Dimension = dimension,
        Width = 64,
        Activation = Activation.Relu,
        InputFrequencies = 0,
        TimeInput = TimeInput.Index,
        TimeFrequencies = 0,
        SkipOutput = false,
    };

    /// <summary>Refuses sizes that make no network.</summary>
    /// <exception cref="DiffusionException">A size is out of range.</exception>
    public void Validate()
    {
        Require("dimension", Dimension, 1, LargestSize);
        Require("width", Width, 1, LargestSize);
        Require("depth", Depth, 1, LargestSize);
        Require("number of input frequencies", InputFrequencies, 0, MostFrequencies);
        Require("number of time frequencies", TimeFrequencies, 0, MostFrequencies);

        static void Require(string what, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                throw new DiffusionException($"The {what} of the network must be between {least} and {most}; was {value}.");
            }
        }
    }
}
