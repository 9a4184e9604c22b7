using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Parquet.Meta;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>
/// The description of a Parquet file, which stands at its end. Parquet.Net 6.1 reads one that is cut off, or whose lengths lie, for ever:
/// behind the end it finds numbers that never end. It is therefore read once before, from a stream that ends with an exception.
/// </summary>
internal static class ParquetFooter
{
    private const string Protocol = "Parquet.Meta.Proto.ThriftCompactProtocolReader, Parquet";

    /// <summary>Behind the description stand its length and four letters.</summary>
    private const int TailLength = 8;

    /// <summary>The library goes down into structures within structures.</summary>
    private const int MostStructures = 1_000;

    /// <summary>Refuses a file whose description cannot be read.</summary>
    /// <param name="file">The file; goes to any place in it.</param>
    /// <exception cref="IOException">The description is cut off, or does not lie in the file.</exception>
    /// <exception cref="InvalidDataException">There are more structures than can be read.</exception>
    public static void Check(Stream file)
    {
        byte[] tail = new byte[TailLength];
        file.Seek(-TailLength, SeekOrigin.End);
        file.ReadExactly(tail);
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 1 || length > file.Length - TailLength)
        {
            throw new IOException("its description does not lie in it");
        }

        byte[] description = new byte[length];
        file.Seek(-TailLength - length, SeekOrigin.End);
        file.ReadExactly(description);
        FileMetaData read = Read(null, CreateProtocol(new StrictStream(description)));
        if (read.Schema.Count(element => element.NumChildren > 0) > MostStructures)
        {
            throw new InvalidDataException(Invariant($"there are more than {MostStructures} structures in it"));
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Protocol)]
    private static extern object CreateProtocol(Stream stream);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    private static extern FileMetaData Read(FileMetaData? type, [UnsafeAccessorType(Protocol)] object protocol);

    /// <summary>Bytes that end with an exception, and that refuse to be read from too deep within.</summary>
    private sealed class StrictStream(byte[] bytes) : MemoryStream(bytes)
    {
        /// <inheritdoc/>
        public override int ReadByte()
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return base.ReadByte() is var next and >= 0 ? next : throw new EndOfStreamException("its description is cut off");
        }
    }
}
