using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Onnx.Protobuf;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// Writes network, schedule and solver as one ONNX graph: noise in, points out. The rows of the tableau are the entries
/// that a Scan goes through; the network is in its body, its weights once outside of it.
/// </summary>
public sealed partial class SamplerCompiler
{
    private readonly NetworkFile _network;
    private readonly Tableau _tableau;
    private readonly CompileOptions _options;
    private readonly UnitsPart _units;
    private readonly TableSpec? _table;
    private readonly CompiledColumn[] _givable;
    private readonly CompiledRow[] _rows;
    private readonly GraphBuilder _graph = new("sampler", "sampler/");
    private readonly GraphBuilder _body = new("row", "row/");
    private readonly List<(string Value, long Axis)> _scanned = [];

    /// <summary>The given coordinates of rows of a table and their mask, <c>[n, d]</c>.</summary>
    private (string Values, string Mask) _given;

    private SamplerCompiler(NetworkFile network, ModelCard card, Tableau tableau, CompileOptions options)
    {
        _network = network;
        _tableau = tableau;
        _options = options;
        _units = new UnitsPart(_graph, card.Data, network.Source);
        _table = card.Data.Table;
        _givable = GivenColumns.Choose(_table, options.Given);
        _rows = [.. tableau.Rows.Select(row => CompiledRow.From(row, card.Prediction, options.Clip is not null))];
    }

    /// <summary>The bytes of the .onnx file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="card">What it says about itself.</param>
    /// <param name="plan">The solver written out for the card's schedule.</param>
    /// <param name="options">What the file is made for; by default as <see cref="CompileOptions"/> has it.</param>
    /// <exception cref="DiffusionException">The card does not fit the network, or the network the plan, or the plan the schedule of the
    /// card.</exception>
    public static byte[] Compile(NetworkFile network, ModelCard card, SamplingPlan plan, CompileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new CompileOptions();
        Tableau tableau = plan.Tableau;
        network.RequireDimension(card);
        plan.Require(card.Schedule);
        if (network.ConditionInputs.Count > 0 && card.Data.Table is null)
        {
            throw new DiffusionException(
                $"'{network.Source}' takes given values, but is not the model of a table; such a network cannot be compiled. "
                    + "Sample it instead.");
        }

        if (network.IsTimestepWhole && tableau.Rows.FirstOrDefault(row => !double.IsInteger(row.Level.Timestep)) is { } odd)
        {
            // Stages between two steps lie at fractions, wherever the steps are.
            string advice = tableau.Steps < tableau.Rows.Length
                ? "A Runge–Kutta method also evaluates it between steps. Use a solver with 1 evaluation per step, such as ddim "
                    + "or dpm++2m, and whole timesteps."
                : "Use a spacing with whole timesteps, such as leading or trailing, or a list of whole timesteps.";
            throw new DiffusionException(FormattableString.Invariant(
                $"'{network.Source}' accepts only whole timesteps, but the solver evaluates it at {odd.Level.Timestep:0.###}. {advice}"));
        }

        if (options.Clip is null && card.Thresholding is not null)
        {
            throw new DiffusionException(
                $"'{network.Source}' uses dynamic thresholding, which cannot be compiled. Specify a bound for plain clipping instead.");
        }

        options = options with { Clip = options.Clip ?? card.ClipSample };
        SamplerCompiler compiler = new(network, card, tableau, options);
        compiler.Write();
        return compiler._graph.ToModel(SolverInfo.From(plan, options.Clip).ToMetadata(card), network.Model);
    }

    private void Write()
    {
        string noise = _graph.Input(CompiledNames.Noise, "n", _network.Dimension);
        if (_table is not null)
        {
            _given = TableInputs.Write(_graph, _table, _givable, noise);
        }

        IReadOnlyList<string> results = _graph.Scan(_body, [noise, .. WriteBody(noise)], _scanned, collected: _options.Trajectory ? 1 : 0);
        _graph.Output(_units.Restore(results[0]), CompiledNames.Sample, "n", _units.Width);
        if (_table is not null)
        {
            TableOutputs.Write(_graph, _table, _givable, _givable.Length == 0 ? results[0] : CopyGiven(results[0]));
        }

        if (_options.Trajectory)
        {
            string first = _graph.Apply("Unsqueeze", noise, _graph.Constant("sampler/frame_axis", [0L], 1));
            long[] ends = [.. Enumerable.Range(0, _rows.Length).Where(r => _rows[r].Row.EndsStep).Select(r => (long)r)];
            string steps = ends.Length == _rows.Length
                ? results[^1]
                : _graph.Apply("Gather", results[^1], _graph.Constant("sampler/step_ends", ends, ends.Length));
            string states = _graph.Apply("Concat", [("axis", 0)], first, steps);
            _graph.Output(_units.Restore(states), CompiledNames.Trajectory, ends.Length + 1, "n", _units.Width);
        }
    }

    /// <summary>Puts given coordinates in their places, which the solver reaches up to rounding or extrapolation only.</summary>
    private string CopyGiven(string samples)
        => _graph.Apply("Where", _graph.Cast(_given.Mask, TensorProto.Types.DataType.Bool), _given.Values, samples);

    /// <summary>Writes one row with the network in it, and gives the initial states that follow x: the base, and the history.</summary>
    private List<string> WriteBody(string noise)
    {
        bool hasStages = _tableau.Steps < _rows.Length;
        string x = State("x");
        string start = hasStages ? State("base") : x;
        string[] history = [.. Enumerable.Range(1, _tableau.HistoryLength - 1).Select(k => State(Invariant($"d{k}")))];
        string newest = Newest(x, WriteNetwork(x));

        string next = Times(start, row => row.Row.A, "a");
        for (int k = 0; k < _tableau.HistoryLength; k++)
        {
            int place = k;
            string evaluation = k == 0 ? newest : history[k - 1];
            next = Plus(next, Times(evaluation, row => place < row.Row.C.Length ? row.Row.C[place] : 0, Invariant($"c{k}")));
        }

        if (!_tableau.IsDeterministic)
        {
            _scanned.Add((_graph.Input(CompiledNames.StepNoise, "n", _rows.Length, _network.Dimension), 1));
            next = Plus(next, Times(_body.Input("row/z", "n", _network.Dimension), row => row.Row.S, "s"));
        }

        Collect(next, "x_next");
        List<string> initial = [];
        if (hasStages)
        {
            string ends = Scanned(
                _graph.Constant("sampler/ends_step", Array.ConvertAll(_rows, row => row.Row.EndsStep), _rows.Length),
                "ends_step", TensorProto.Types.DataType.Bool);
            Collect(_body.Apply("Where", ends, next, start), "base_next");
            initial.Add(noise);
        }

        if (history.Length > 0)
        {
            string zeros = _graph.Apply("Mul", noise, _graph.Scalar("sampler/zero", 0));
            foreach ((string value, int k) in history.SkipLast(1).Prepend(newest).Select((value, k) => (value, k)))
            {
                Collect(value, Invariant($"d{k + 1}_next"));
                initial.Add(zeros);
            }
        }

        if (_options.Trajectory)
        {
            Collect(next, "frame");
        }

        return initial;
    }

    /// <summary>d from the network's output.</summary>
    private string Newest(string x, string output)
    {
        string answer = output;
        if (_options.Clip is { } bound)
        {
            string clean = Plus(Times(x, row => row.CleanX, "clean_x"), Times(output, row => row.CleanOutput, "clean_output"));
            answer = _body.Apply("Clip", clean, _graph.Scalar("sampler/lowest", -bound), _graph.Scalar("sampler/highest", bound));
        }

        return Plus(Times(x, row => row.X, "p"), Times(answer, row => row.Output, "q"));
    }

    /// <summary>A value times a number of each row; nothing where the number is 0 in all of them, the value itself where it is 1.</summary>
    private string Times(string value, Func<CompiledRow, double> factor, string name)
    {
        float[] factors = Array.ConvertAll(_rows, row => (float)factor(row));
        return !factors.All(float.IsFinite)
            ? throw new DiffusionException(
                $"'{_network.Source}': the factor {name} of this solver is not finite for this network. "
                    + $"Use another solver or other timesteps.")
            : factors.All(number => number == 0) ? ""
            : factors.All(number => number == 1) ? value
            : _body.Apply(
                "Mul", value,
                Scanned(_graph.Constant($"sampler/{name}", factors, _rows.Length), name, TensorProto.Types.DataType.Float));
    }

    private string Plus(string left, string right)
        => left.Length == 0 ? right : right.Length == 0 ? left : _body.Apply("Add", left, right);

    private string State(string name) => _body.Input($"row/{name}", "n", _network.Dimension);

    private string Scanned(string value, string name, TensorProto.Types.DataType type, params IReadOnlyList<Axis> shape)
    {
        _scanned.Add((value, 0));
        return _body.Input($"row/{name}", type, shape);
    }

    private void Collect(string value, string name) => _body.Output(value, $"row/{name}", "n", _network.Dimension);
}
