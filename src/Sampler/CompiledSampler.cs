using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Solvers;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>
/// Runs a file that <c>diffusion compile</c> made, in which network, schedule and solver are one graph. The noise comes
/// from here: the same seed gives the points that the solver gives outside of the file, up to rounding. Safe to use from
/// many threads at once.
/// </summary>
public sealed class CompiledSampler : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _source;

    private CompiledSampler(InferenceSession session, string source)
    {
        _session = session;
        _source = source;
        IReadOnlyDictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Solver = SolverInfo.FromMetadata(metadata, source)
            ?? throw new DiffusionException($"'{source}' is a network, not a compiled sampler: the metadata entry {SolverInfo.Key} is missing. Compile it with diffusion compile.");
        Card = ModelCard.FromMetadata(metadata, source);
        Tableau = Solver.ToTableau(source);
        HasTrajectory = session.OutputNames.Contains(CompiledNames.Trajectory);
        string[] inputs = Tableau.IsDeterministic ? [CompiledNames.Noise] : [CompiledNames.Noise, CompiledNames.StepNoise];
        if (!session.InputNames.Order().SequenceEqual(inputs) || !session.OutputNames.Contains(CompiledNames.Sample))
        {
            throw new DiffusionException(
                $"'{source}' is not a compiled sampler: its inputs are {string.Join(", ", session.InputNames)}, its outputs {string.Join(", ", session.OutputNames)}; expected are {string.Join(", ", inputs)} and {CompiledNames.Sample}.");
        }
    }

    /// <summary>What the network in it says about itself.</summary>
    public ModelCard Card { get; }

    /// <summary>The solver in it.</summary>
    public SolverInfo Solver { get; }

    /// <summary>The rows of the solver.</summary>
    public Tableau Tableau { get; }

    /// <summary>Whether it can show the points after every step.</summary>
    public bool HasTrajectory { get; }

    /// <summary>Loads a compiled sampler from a file.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="session">How ONNX Runtime runs it; by default on the CPU with one thread.</param>
    /// <exception cref="DiffusionException">The file is missing or is no compiled sampler.</exception>
    public static CompiledSampler Load(string path, SessionOptions? session = null) => FromBytes(InputFile.ReadBytes(path), path, session);

    /// <summary>Loads a compiled sampler that is in memory.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="session">How ONNX Runtime runs it; by default on the CPU with one thread.</param>
    /// <exception cref="DiffusionException">The bytes are no compiled sampler.</exception>
    public static CompiledSampler FromBytes(byte[] model, string source, SessionOptions? session = null)
    {
        InferenceSession opened = OnnxSession.Open(model, source, session);
        try
        {
            return new CompiledSampler(opened, source);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Draws points.</summary>
    /// <param name="count">The number n of points, at least 1.</param>
    /// <param name="options">The seed or the noise, the chunks and the threads; its solver does not matter.</param>
    /// <param name="cancellationToken">Ends the run before the next chunk.</param>
    /// <returns>The points, <c>[n, d]</c>, in the units of the data.</returns>
    /// <exception cref="DiffusionException">An option is out of range, or the file cannot be computed.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public PointSet Sample(int count, SamplerOptions options, CancellationToken cancellationToken = default)
    {
        float[] points = new float[count * Card.Data.Dimension];
        Run(count, options, [CompiledNames.Sample], (outputs, chunk) => outputs[0].GetTensorDataAsSpan<float>().CopyTo(Chunks.Slice(points.AsSpan(), chunk, Card.Data.Dimension)), cancellationToken);
        return new PointSet(points, Card.Data.Dimension, Card.Data.Columns);
    }

    /// <summary>Draws points and shows all of them at the start and after every step.</summary>
    /// <inheritdoc cref="Sample"/>
    /// <returns>One frame for the prior and one for each step.</returns>
    public IReadOnlyList<Frame> Frames(int count, SamplerOptions options, CancellationToken cancellationToken = default)
    {
        if (!HasTrajectory)
        {
            throw new DiffusionException($"'{_source}' has no output '{CompiledNames.Trajectory}' that would show the steps. Compile it with --trajectory.");
        }

        float[][] frames = [.. Enumerable.Range(0, Tableau.Steps + 1).Select(_ => new float[count * Card.Data.Dimension])];
        Run(count, options, [CompiledNames.Trajectory], Keep, cancellationToken);
        double[] timesteps = [Tableau.FirstTimestep, .. Tableau.Rows.Where(row => row.EndsStep).Select(row => row.NextTimestep)];
        return [.. frames.Select((points, step) => new Frame(step, timesteps[step], Card.Schedule.AlphaBarAt(timesteps[step]), new PointSet(points, Card.Data.Dimension, Card.Data.Columns)))];

        void Keep(IReadOnlyList<OrtValue> outputs, (int First, int Count) chunk)
        {
            ReadOnlySpan<float> steps = outputs[0].GetTensorDataAsSpan<float>();
            int length = chunk.Count * Card.Data.Dimension;
            for (int step = 0; step < frames.Length; step++)
            {
                steps.Slice(step * length, length).CopyTo(Chunks.Slice(frames[step].AsSpan(), chunk, Card.Data.Dimension));
            }
        }
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => _session.Dispose();

    private void Run(int count, SamplerOptions options, string[] outputs, Action<IReadOnlyList<OrtValue>, (int First, int Count)> keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(count, Card.Data.Dimension);
        (int First, int Count)[] chunks = Chunks.Of(count, options.ChunkSize);
        PhiloxNormal normal = new(options.Seed, RandomDomain.Sampling);
        Chunks.ForEach(chunks.Length, options.Threads, RunChunk, cancellationToken);

        void RunChunk(int k)
        {
            List<OrtValue> inputs = [];
            using RunOptions runOptions = new();
            try
            {
                float[] noise = new float[chunks[k].Count * Card.Data.Dimension];
                long first = (options.FirstSample + chunks[k].First) * Card.Data.Dimension;
                if (options.Noise is { } given)
                {
                    Chunks.Slice(given.Values, chunks[k], Card.Data.Dimension).CopyTo(noise);
                }
                else
                {
                    normal.Fill(NoiseStreams.Prior, first, noise);
                }

                inputs.Add(OrtValue.CreateTensorValueFromMemory(noise, [chunks[k].Count, Card.Data.Dimension]));
                if (!Tableau.IsDeterministic)
                {
                    inputs.Add(OrtValue.CreateTensorValueFromMemory(NoiseOfRows(normal, first, chunks[k].Count), [chunks[k].Count, Tableau.Rows.Length, Card.Data.Dimension]));
                }

                using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(runOptions, Tableau.IsDeterministic ? [CompiledNames.Noise] : [CompiledNames.Noise, CompiledNames.StepNoise], inputs, outputs);
                keep(results, chunks[k]);
            }
            catch (OnnxRuntimeException exception)
            {
                throw new DiffusionException($"'{_source}' cannot be computed: {OnnxSession.FirstLine(exception)}", exception);
            }
            finally
            {
                inputs.ForEach(input => input.Dispose());
            }
        }
    }

    /// <summary>The noise of all rows, <c>[n, rows, d]</c>, from the streams that the loop takes it from as well.</summary>
    private float[] NoiseOfRows(PhiloxNormal normal, long first, int count)
    {
        int d = Card.Data.Dimension;
        int rows = Tableau.Rows.Length;
        float[] all = new float[count * rows * d];
        float[] one = new float[count * d];
        for (int row = 0; row < rows; row++)
        {
            normal.Fill(NoiseStreams.OfRow(row), first, one);
            for (int i = 0; i < count; i++)
            {
                one.AsSpan(i * d, d).CopyTo(all.AsSpan(((i * rows) + row) * d));
            }
        }

        return all;
    }
}
