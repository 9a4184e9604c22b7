using System.Buffers.Binary;
using System.Text;

namespace Diffusion.Training.Native;

/// <summary>
/// Makes a library that was built with GCC 13 load beside an older libstdc++. Such a library wants one symbol that GCC 13
/// introduced, <c>std::ios_base_library_init()</c>, which only makes sure that the C++ streams are initialised. The
/// constructor <c>std::ios_base::Init::Init()</c> has done the same since GCC 3.4, uses nothing of its <c>this</c>, and its
/// name is shorter, so it fits in the place of the other.
/// </summary>
/// <remarks>
/// The symbol is undefined in the library, and .gnu.hash lists defined symbols alone, so a new name needs no new hash.
/// </remarks>
public static class LibStdCxxPatch
{
    /// <summary>The symbol that older systems lack.</summary>
    public const string NewSymbol = "_ZSt21ios_base_library_initv";

    /// <summary>The version that it came with: GCC 13.</summary>
    public const string NewVersion = "GLIBCXX_3.4.32";

    private const string OldSymbol = "_ZNSt8ios_base4InitC1Ev";

    /// <summary>The newest version of GCC 12, which the library wants for other symbols anyway.</summary>
    private const string OldVersion = "GLIBCXX_3.4.30";

    /// <summary>Marks a symbol that any version satisfies (VER_NDX_GLOBAL).</summary>
    private const ushort AnyVersion = 1;

    /// <summary>Where a Vernaux has the offset of its name.</summary>
    private const int NameField = 8;

    /// <summary>Changes the library in place.</summary>
    /// <param name="library">The bytes of the shared object.</param>
    /// <returns>Whether anything was changed; a library that does not want the new version stays as it is.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a library of the expected kind; nothing was changed.</exception>
    public static bool Apply(Span<byte> library)
    {
        try
        {
            ElfImage image = ElfImage.Read(library) ?? throw new InvalidDataException("A 64-bit ELF library with versioned symbols is expected.");
            if (FindNeeded(library, image, NewVersion) is not { } wanted)
            {
                return false;
            }

            int replacement = FindNeeded(library, image, OldVersion) ?? throw new InvalidDataException($"The library wants {NewVersion} but not {OldVersion}.");
            int symbol = FindSymbol(library, image) ?? throw new InvalidDataException($"The library wants {NewVersion} for another symbol than {NewSymbol}.");
            Rename(library, image, symbol);
            BinaryPrimitives.WriteUInt16LittleEndian(library[image.SymbolVersions][(symbol * sizeof(ushort))..], AnyVersion);
            RedirectVersion(library, from: wanted, to: replacement);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("The ELF library is damaged: a part lies outside the file.", exception);
        }
    }

    /// <summary>The number of the symbol in .dynsym.</summary>
    private static int? FindSymbol(ReadOnlySpan<byte> library, ElfImage image)
    {
        ReadOnlySpan<byte> symbols = library[image.Symbols];
        for (int i = 0; i < symbols.Length / ElfImage.SymbolLength; i++)
        {
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(symbols[(i * ElfImage.SymbolLength)..]);
            if (image.StringAt(library, name) == NewSymbol)
            {
                return i;
            }
        }

        return null;
    }

    private static void Rename(Span<byte> library, ElfImage image, int symbol)
    {
        uint name = BinaryPrimitives.ReadUInt32LittleEndian(library[image.Symbols][(symbol * ElfImage.SymbolLength)..]);
        Span<byte> place = library[image.Strings].Slice((int)name, NewSymbol.Length);
        place.Clear();
        Encoding.ASCII.GetBytes(OldSymbol, place);
    }

    /// <summary>The place in the file of the entry (Vernaux) that wants a version of some library.</summary>
    private static int? FindNeeded(ReadOnlySpan<byte> library, ElfImage image, string version)
    {
        // Verneed: version, count, file, offset of the first Vernaux, offset of the next Verneed.
        // Vernaux: hash, flags, index, name, offset of the next Vernaux. A zero offset ends a chain.
        int need = image.NeededVersions.Start.Value;
        for (uint nextNeed = 1; nextNeed != 0; need = checked(need + (int)nextNeed))
        {
            int entry = checked(need + (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(need + 8)..]));
            for (uint nextEntry = 1; nextEntry != 0; entry = checked(entry + (int)nextEntry))
            {
                if (image.StringAt(library, BinaryPrimitives.ReadUInt32LittleEndian(library[(entry + NameField)..])) == version)
                {
                    return entry;
                }

                nextEntry = BinaryPrimitives.ReadUInt32LittleEndian(library[(entry + 12)..]);
            }

            nextNeed = BinaryPrimitives.ReadUInt32LittleEndian(library[(need + 12)..]);
        }

        return null;
    }

    /// <summary>Gives one entry the hash and the name of another.</summary>
    private static void RedirectVersion(Span<byte> library, int from, int to)
    {
        library.Slice(to, sizeof(uint)).CopyTo(library[from..]);
        library.Slice(to + NameField, sizeof(uint)).CopyTo(library[(from + NameField)..]);
    }
}
