using System.Buffers.Binary;
using System.Text;

namespace Diffusion.Training.Tests.Native;

/// <summary>
/// What the loader sees of a library: the tables that the dynamic segment points to. The product reads the section table
/// instead, so the two check each other. Good for sound x86-64 libraries whose first segment starts at address 0, where the
/// address of a table is its place in the file.
/// </summary>
internal sealed class DynamicSegment(byte[] file)
{
    private const int SymbolLength = 24;

    private readonly Dictionary<ulong, int> entries = ReadEntries(file);

    public int Strings => entries[5]; // DT_STRTAB

    public int Symbols => entries[6]; // DT_SYMTAB

    public int SymbolVersions => entries[0x6FFFFFF0]; // DT_VERSYM

    public int NeededVersions => entries[0x6FFFFFFE]; // DT_VERNEED

    /// <summary>The symbols in front of those that .gnu.hash lists.</summary>
    public int UnhashedSymbols => Int32(entries[0x6FFFFEF5] + 4); // DT_GNU_HASH, symoffset

    public List<string> UnhashedNames => [.. Enumerable.Range(0, UnhashedSymbols).Select(i => Text(NameOffset(i)))];

    /// <summary>"library version hash", in the order of the file.</summary>
    public List<string> Needed()
    {
        List<string> needed = [];
        int library = NeededVersions;
        for (int i = 0; i < entries[0x6FFFFFFF]; i++) // DT_VERNEEDNUM
        {
            int version = library + Int32(library + 8);
            for (int k = 0; k < BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(library + 2)); k++)
            {
                needed.Add($"{Text(Int32(library + 4))} {Text(Int32(version + 8))} {Int32(version):x8}");
                version += Int32(version + 12);
            }

            library += Int32(library + 12);
        }

        return needed;
    }

    /// <summary>The place in the file of the number that says where the name of a symbol begins in .dynstr.</summary>
    public int NamePlace(int symbol) => Symbols + (symbol * SymbolLength);

    public int NameOffset(int symbol) => Int32(NamePlace(symbol));

    /// <summary>The place in the file of the version of a symbol.</summary>
    public int VersionPlace(int symbol) => SymbolVersions + (symbol * sizeof(ushort));

    private static Dictionary<ulong, int> ReadEntries(byte[] file)
    {
        const int headerLength = 56;
        const int dynamic = 2; // PT_DYNAMIC
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(32));
        while (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(header)) != dynamic)
        {
            header += headerLength;
        }

        Dictionary<ulong, int> entries = [];
        int place = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(header + 8));
        for (; BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(place)) is not 0 and var tag; place += 16)
        {
            entries[tag] = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(place + 8));
        }

        return entries;
    }

    private string Text(int offset)
    {
        int start = Strings + offset;
        return Encoding.Latin1.GetString(file, start, Array.IndexOf(file, (byte)0, start) - start);
    }

    private int Int32(int place) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(place));
}
