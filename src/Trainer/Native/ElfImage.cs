using System.Buffers.Binary;
using System.Text;

namespace Diffusion.Training.Native;

/// <summary>The parts of a 64-bit little-endian ELF shared object that dynamic linking by version needs (System V ABI; Linux Standard Base, "Symbol Versioning").</summary>
/// <param name="Symbols">The section .dynsym.</param>
/// <param name="Strings">The section .dynstr, which .dynsym and .gnu.version_r share.</param>
/// <param name="SymbolVersions">The section .gnu.version: one 16-bit version index for each symbol.</param>
/// <param name="NeededVersions">The section .gnu.version_r: the versions wanted of each library.</param>
internal sealed record ElfImage(Range Symbols, Range Strings, Range SymbolVersions, Range NeededVersions)
{
    public const int SymbolLength = 24;

    private const int SectionTableField = 0x28;
    private const int SectionCountField = 0x3C;
    private const int SectionHeaderLength = 64;
    private const uint TypeDynamicSymbols = 11;
    private const uint TypeNeededVersions = 0x6FFFFFFE;
    private const uint TypeSymbolVersions = 0x6FFFFFFF;

    /// <summary>0x7F "ELF", 64-bit, little-endian.</summary>
    private static readonly byte[] Magic = [0x7F, .. "ELF"u8, 2, 1];

    /// <summary>Finds the sections.</summary>
    /// <returns>The sections, or null where the bytes are no such file or lack one of them.</returns>
    public static ElfImage? Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic))
        {
            return null;
        }

        int table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file[SectionTableField..]));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[SectionCountField..]);
        Dictionary<uint, (Range Range, int Link)> sections = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = file.Slice(table + (i * SectionHeaderLength), SectionHeaderLength);
            sections.TryAdd(BinaryPrimitives.ReadUInt32LittleEndian(header[4..]), (Extent(header), (int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..])));
        }

        if (!sections.TryGetValue(TypeDynamicSymbols, out var symbols)
            || !sections.TryGetValue(TypeSymbolVersions, out var versions)
            || !sections.TryGetValue(TypeNeededVersions, out var needed))
        {
            return null;
        }

        Range strings = Extent(file.Slice(table + (symbols.Link * SectionHeaderLength), SectionHeaderLength));
        return new ElfImage(symbols.Range, strings, versions.Range, needed.Range);
    }

    /// <summary>The text at an offset of .dynstr.</summary>
    public string StringAt(ReadOnlySpan<byte> file, uint offset)
    {
        ReadOnlySpan<byte> text = file[Strings][(int)offset..];
        return Encoding.Latin1.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static Range Extent(ReadOnlySpan<byte> header)
    {
        int offset = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..]));
        int size = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[32..]));
        return offset..checked(offset + size);
    }
}
