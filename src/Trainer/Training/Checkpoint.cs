using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Diffusion.Files;

namespace Diffusion.Training;

/// <summary>
/// The file that a training run is resumed from. It is replaced whole, so that at any moment there is a good one, and ends
/// in its SHA-256, so that a damaged one is known.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="identity">What must be the same for a run to go on: data, network, schedule, seed. One text for all of it.</param>
/// <param name="command">The command of this run, for the model card.</param>
/// <param name="isResumed">Whether an existing file is gone on from.</param>
public sealed class Checkpoint(string path, string identity, string command, bool isResumed)
{
    private const string Magic = "diffusion checkpoint 3";
    private const int BlockLength = 1 << 16;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    /// <summary>The commands of earlier runs with other options, empty where there were none, and how many iterations they did.</summary>
    private string _past = "";
    private int _pastIterations;

    /// <summary>The command that makes the model: that of this run, or of all runs where they differ.</summary>
    public string Command => Join(_past, _pastIterations, command);

    /// <summary>The number of iterations that the file holds, or null where it was not written or read yet.</summary>
    public int? Iterations { get; private set; }

    /// <summary>Where the run can go on from, as a sentence with a blank before it; empty where it cannot.</summary>
    internal string Remark
        => Iterations is { } done ? $" The training up to iteration {done} is saved in '{path}'; resume the run to continue." : "";

    /// <summary>Removes the file.</summary>
    public void Delete() => File.Delete(path);

    /// <summary>Writes the file if five seconds have passed since it was last written.</summary>
    internal void SaveIfDue(TrainingState state)
    {
        if (_sinceSaved.Elapsed > Interval)
        {
            Save(state);
        }
    }

    /// <summary>Writes the file, unless the weights are spoilt.</summary>
    internal void Save(TrainingState state)
    {
        if (state.Steps.Count > 0 && state.IsFinite)
        {
            AtomicFile.Write(path, stream =>
            {
                using SHA256 hash = SHA256.Create();
                using (CryptoStream hashed = new(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
                {
                    using BinaryWriter writer = new(hashed, Encoding.UTF8);
                    writer.Write(Magic);
                    writer.Write(identity);
                    writer.Write(command);
                    writer.Write(_past);
                    writer.Write(_pastIterations);
                    writer.Write(state.Layout);
                    state.Save(writer);
                }

                stream.Write(hash.Hash);
            });
            Iterations = state.Steps.Count;
        }

        _sinceSaved.Restart();
    }

    /// <summary>Brings the state to that of the file, where one is to be gone on from and exists.</summary>
    /// <exception cref="DiffusionException">The file is damaged, or is that of another run.</exception>
    internal void Resume(TrainingState state)
    {
        if (!isResumed || !File.Exists(path))
        {
            return;
        }

        using BinaryReader reader = new(InputFile.Open(path));
        try
        {
            if (!IsAsWritten(reader.BaseStream) || reader.ReadString() != Magic)
            {
                throw new InvalidDataException();
            }

            string theirs = reader.ReadString();
            string last = reader.ReadString();
            if (theirs != identity)
            {
                throw new DiffusionException(
                    $"The checkpoint '{path}' belongs to another run, '{last}'. "
                        + "Use the same data, network, schedule and seed, or start a new run.");
            }

            string past = reader.ReadString();
            int pastIterations = reader.ReadInt32();
            RequireLayout(reader.ReadString(), state.Layout);
            state.Load(reader, reader.BaseStream.Length - SHA256.HashSizeInBytes);
            Iterations = state.Steps.Count;
            bool isSame = last == command;
            (_past, _pastIterations) = isSame ? (past, pastIterations) : (Join(past, pastIterations, last), state.Steps.Count);
        }
        catch (Exception exception) when (exception is not DiffusionException)
        {
            throw new DiffusionException($"'{path}' is not a valid checkpoint. Start a new run instead of resuming.", exception);
        }
    }

    /// <summary>Refuses the tensors of another network, and names the first that differs.</summary>
    private void RequireLayout(string theirs, string ours)
    {
        if (theirs != ours)
        {
            (string their, string our) = Lines(theirs).Zip(Lines(ours)).First(pair => pair.First != pair.Second);
            throw new DiffusionException(
                $"The checkpoint '{path}' belongs to another network: it has '{their}' where this one has '{our}'. "
                    + "Use the same network, or start a new run.");
        }

        static IEnumerable<string> Lines(string layout) => [.. layout.Split('\n'), "nothing"];
    }

    /// <summary>Whether the hash at the end is that of all before it; the stream is left at its start.</summary>
    private static bool IsAsWritten(Stream stream)
    {
        long content = stream.Length - SHA256.HashSizeInBytes;
        if (content < 0)
        {
            return false;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[BlockLength];
        while (stream.Position < content)
        {
            Span<byte> next = block.AsSpan(0, (int)Math.Min(BlockLength, content - stream.Position));
            stream.ReadExactly(next);
            hash.AppendData(next);
        }

        Span<byte> written = stackalloc byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(written);
        stream.Position = 0;
        return written.SequenceEqual(hash.GetHashAndReset());
    }

    private static string Join(string past, int iterations, string next)
        => past.Length == 0 ? next : $"{past}; from iteration {iterations} {next}";
}
