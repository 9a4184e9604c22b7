using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.TorchExport;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Diffusion.Training.Networks;

/// <summary>
/// A multilayer perceptron for rows of a table. For each number it gives F with ε̂ = √(1−ᾱ)·x + √ᾱ·F; for each category
/// logits, added to those of the exact posterior of an independent category, with x̂₀ = Σ softmax(logits)_k·E_k. Given values are
/// taken as they are.
/// </summary>
public sealed class TableNetwork : Network
{
    private readonly TableNetworkOptions _options;
    private readonly int _numbers;
    private readonly int _columns;
    private readonly CategoryGroup[] _groups;
    private readonly Linear _input;
    private readonly Linear _time;
    private readonly ModuleList<Linear> _hidden;
    private readonly Linear _output;
    private readonly Tensor _inputFrequencies;
    private readonly Tensor _timeFrequencies;

    /// <summary>Creates the network with weights that are a function of the seed.</summary>
    /// <param name="table">How rows become samples.</param>
    /// <param name="schedule">The noise schedule that it is trained for.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="options">The shape of the network.</param>
    public TableNetwork(TableSpec table, NoiseSchedule schedule, ulong seed, TableNetworkOptions? options = null)
        : base(nameof(TableNetwork), SignatureOf(table), schedule)
    {
        _options = options ?? new TableNetworkOptions();
        _numbers = table.Layout.NumberCount;
        _columns = table.Layout.ColumnCount;
        _groups = [.. CategoryGroup.Partition(table.Layout.Blocks.Where(placed => placed.Block is CategoryBlock))];
        int features = (2 * table.Dimension) + (2 * _options.InputFrequencies * _numbers);
        _input = Linear(features, _options.Width, hasBias: false);
        _time = Linear(TimeFeatures, _options.Width);
        _hidden = new ModuleList<Linear>([.. Enumerable.Range(1, _options.Depth - 1).Select(_ => Linear(_options.Width, _options.Width))]);
        _output = Linear(_options.Width, _numbers + _groups.Sum(group => group.Logits));
        _inputFrequencies = tensor(Waves.Octaves(_options.InputFrequencies, 1), [1, _options.InputFrequencies, 1]);
        _timeFrequencies = tensor(Waves.Octaves(_options.TimeFrequencies, MathF.PI), [1, _options.TimeFrequencies]);
        RegisterComponents();
        InitialWeights.Draw(this, seed);
    }

    private int TimeFeatures => 1 + (2 * _options.TimeFrequencies);

    /// <summary>The features of time, then √(1−ᾱ), √ᾱ and √ᾱ/(1−ᾱ): <c>[m, f + 3]</c>.</summary>
    /// <inheritdoc/>
    public override T Level<T>(INet<T> net, T timestep)
    {
        ArgumentNullException.ThrowIfNull(net);
        T logSigma = LogSigma(net, timestep.Unsqueeze(1));
        T u = ShareOfLogSigma(logSigma);
        (T noise, T signal) = Factors(logSigma);
        return net.Concat(1, Waves.With(net, u, u * net.Constant(_timeFrequencies)), noise, signal, signal / (noise * noise));
    }

    /// <inheritdoc/>
    public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(conditions);
        T given = conditions[NetworkInputs.Given];
        T mask = conditions[NetworkInputs.GivenMask];
        T noise = level.Narrow(1, TimeFeatures, 1);
        T signal = level.Narrow(1, TimeFeatures + 1, 1);
        (T x, T numbers, T[] logits) = Heads(net, sample, level, given, mask);
        List<T> epsilon = [];
        if (_numbers > 0)
        {
            epsilon.Add((noise * x.Narrow(1, 0, _numbers)) + (signal * numbers));
        }

        foreach ((CategoryGroup group, T values) in _groups.Zip(logits))
        {
            epsilon.Add((x.Narrow(1, group.Start, group.Coordinates) - (signal * group.Expected(net, values))) / noise);
        }

        T predicted = epsilon.Count == 1 ? epsilon[0] : net.Concat(1, epsilon);
        return predicted + (mask * (((sample - (signal * given)) / noise) - predicted));
    }

    /// <summary>
    /// The mean over the columns that are not given: of numbers (F − F*)² with F* = √ᾱ·ε − √(1−ᾱ)·x₀, which is the
    /// error of v (Salimans and Ho 2022, §4), of categories the cross-entropy.
    /// </summary>
    /// <inheritdoc/>
    protected internal override Tensor Loss(TrainingTensors batch, Tensor level)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(level);
        Tensor given = batch.Conditions.Given!;
        Tensor open = (-new TensorValue(batch.Conditions.Mask!) + 1).Tensor;
        (_, TensorValue numbers, TensorValue[] logits) = Heads(
            TensorNet.Instance, new TensorValue(batch.Noisy), new TensorValue(level), new TensorValue(given),
            new TensorValue(batch.Conditions.Mask!));
        List<Tensor> errors = [];
        if (_numbers > 0)
        {
            Tensor noise = level.narrow(1, TimeFeatures, 1);
            Tensor signal = level.narrow(1, TimeFeatures + 1, 1);
            Tensor target = (signal * batch.Noise.narrow(1, 0, _numbers)) - (noise * batch.Clean.narrow(1, 0, _numbers));
            Tensor error = (numbers.Tensor - target) * open.narrow(1, 0, _numbers);
            errors.Add((error * error).sum(1, keepdim: true));
        }

        foreach ((CategoryGroup group, TensorValue values) in _groups.Zip(logits))
        {
            Tensor crossEntropy = group.CrossEntropy(values.Tensor, batch.Clean.narrow(1, group.Start, group.Coordinates));
            Tensor openColumns = group.OfColumns(open.narrow(1, group.Start, group.Coordinates));
            errors.Add((crossEntropy * openColumns).sum(1, keepdim: true));
        }

        TensorValue mean = new TensorValue((cat([.. errors], 1).sum(1, keepdim: true) * batch.Weights).mean()) / _columns;
        return mean.Tensor;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inputFrequencies.Dispose();
            _timeFrequencies.Dispose();
            Array.ForEach(_groups, group => group.Dispose());
        }

        base.Dispose(disposing);
    }

    private static DenoiserSignature SignatureOf(TableSpec table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new DenoiserSignature(SampleShape.Vector(table.Dimension)) { Conditions = new ConditionSignature(TakesGiven: true) };
    }

    /// <summary>Computes what the network looks at, x with the given values in place, and what it makes of it: F of the numbers, where
    /// there are any, and the logits of each group.</summary>
    private (T X, T Numbers, T[] Logits) Heads<T>(INet<T> net, T sample, T level, T given, T mask)
        where T : IValue<T>
    {
        // In this order given values come out to the bit, whatever the sample has in their places.
        T x = sample - (mask * sample) + (mask * given);
        T numbers = x.Narrow(1, 0, _numbers);
        T features = _numbers == 0
            ? net.Concat(1, x, mask)
            : net.Concat(1, x, Waves.Of(net, (numbers.Unsqueeze(1) * net.Constant(_inputFrequencies)).Flatten()), mask);
        T hidden = (net.Apply(_input, features) + net.Apply(_time, level.Narrow(1, 0, TimeFeatures))).Silu();
        foreach (Linear layer in _hidden)
        {
            hidden = net.Apply(layer, hidden).Silu();
        }

        T output = net.Apply(_output, hidden);
        T signal = level.Narrow(1, TimeFeatures + 1, 1);
        T precision = level.Narrow(1, TimeFeatures + 2, 1);
        T[] logits = new T[_groups.Length];
        int first = _numbers;
        for (int k = 0; k < logits.Length; k++)
        {
            CategoryGroup group = _groups[k];
            logits[k] = output.Narrow(1, first, group.Logits)
                + group.Posterior(net, x.Narrow(1, group.Start, group.Coordinates), signal, precision);
            first += group.Logits;
        }

        return (x, _numbers == 0 ? output : output.Narrow(1, 0, _numbers), logits);
    }
}
