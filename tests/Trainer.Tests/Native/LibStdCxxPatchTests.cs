using System.Buffers.Binary;
using System.Text;
using Diffusion.Training.Native;

namespace Diffusion.Training.Tests.Native;

[TestClass]
public sealed class LibStdCxxPatchTests
{
    /// <summary>A name, a version (Elf64_Half), a hash and a name's offset (Elf64_Word).</summary>
    private static readonly int MostChanges = LibStdCxxPatch.NewSymbol.Length + sizeof(ushort) + sizeof(uint) + sizeof(uint);

    private readonly byte[] original = NativeFiles.ReadOriginal();

    [TestMethod]
    public void TheNewVersion_IsNotNeededAnyMore_AndNothingElseIs()
    {
        List<string> expected = new DynamicSegment(original).Needed();
        string older = expected.Single(need => need.Contains(LibStdCxxPatch.OldVersion, StringComparison.Ordinal));
        int newer = expected.FindIndex(need => need.Contains(LibStdCxxPatch.NewVersion, StringComparison.Ordinal));
        expected[newer] = older;
        CollectionAssert.AreEqual(expected, new DynamicSegment(Patched()).Needed());
    }

    [TestMethod]
    public void TheSymbol_IsReplaced_AsksForNoVersion_AndHasNoHash()
    {
        DynamicSegment before = new(original);
        byte[] patched = Patched();
        DynamicSegment after = new(patched);
        List<string> expected = before.UnhashedNames;
        int symbol = expected.IndexOf(LibStdCxxPatch.NewSymbol);
        expected[symbol] = LibStdCxxPatch.OldSymbol;
        CollectionAssert.AreEqual(expected, after.UnhashedNames);
        Assert.AreEqual(1, BinaryPrimitives.ReadUInt16LittleEndian(patched.AsSpan(after.VersionPlace(symbol))));
    }

    [TestMethod]
    public void AFewBytesOfACopy_Change()
    {
        byte[] library = [.. original];
        byte[] patched = LibStdCxxPatch.Apply(library)!;
        CollectionAssert.AreEqual(original, library);
        Assert.IsInRange(1, MostChanges, CountChanges(library, patched));
    }

    [TestMethod]
    public void PatchingTwice_ChangesNothing() => Assert.IsNull(LibStdCxxPatch.Apply(Patched()));

    [TestMethod]
    [DataRow("libSkiaSharp.so")]
    [DataRow("libonnxruntime.so")]
    [DataRow("libc10.so")]
    public void ALibraryThatDoesNotNeedIt_IsLeftAlone(string name) => Assert.IsNull(LibStdCxxPatch.Apply(NativeFiles.Read(name)));

    [TestMethod]
    [DataRow("")]
    [DataRow("This is a text, not a library.")]
    [DataRow("\u007FELF")]
    [DataRow("\u007FELF\u0001\u0001 and 32 bits")]
    public void WhatIsNoLibrary_IsRefused(string text)
        => AssertRefused(Encoding.ASCII.GetBytes(text), "This is not a 64-bit little-endian ELF file.");

    [TestMethod]
    public void ALibraryWithoutSections_IsRefused()
    {
        original.AsSpan(60, sizeof(ushort)).Clear(); // e_shnum
        AssertRefused(original, "This ELF file has no valid section table.");
    }

    [TestMethod]
    public void ATruncatedLibrary_IsRefused()
    {
        Random random = new(1);
        int[] lengths = [6, 63, 64, original.Length - 1, .. Enumerable.Range(0, 50).Select(_ => random.Next(64, original.Length))];
        foreach (int length in lengths)
        {
            InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(
                () => LibStdCxxPatch.Apply(original.AsSpan(0, length)));
            StringAssert.StartsWith(exception.Message, "The ELF file is damaged: it points to ");
            StringAssert.EndsWith(exception.Message, $", but has {length} bytes.");
        }
    }

    [TestMethod]
    public void ADamagedLibrary_IsRefused_LeftAlone_OrPatched_ButNothingElse()
    {
        DynamicSegment tables = new(original);
        (int Start, int Length)[] targets =
        [
            (0, 64), // the header
            (original.Length - 2048, 2048), // the section table
            (tables.NeededVersions, 512),
            (tables.SymbolVersions, 2048),
            (tables.Symbols, 24 * 1024),
            (0, original.Length),
        ];
        Random random = new(2);
        int refused = 0;
        for (int trial = 0; trial < 600; trial++)
        {
            byte[] damaged = [.. original];
            (int start, int length) = targets[trial % targets.Length];
            for (int flips = random.Next(1, 9); flips > 0; flips--)
            {
                damaged[start + random.Next(length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                Assert.IsInRange(0, MostChanges, CountChanges(damaged, LibStdCxxPatch.Apply(damaged) ?? damaged));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.IsInRange(100, 500, refused, "The damage should neither always nor never be noticed.");
    }

    [TestMethod]
    public void AnotherSymbolOfTheNewVersion_IsRefused()
    {
        DynamicSegment tables = new(original);
        List<string> names = tables.UnhashedNames;
        int symbol = names.IndexOf(LibStdCxxPatch.NewSymbol);
        int other = symbol + 1;
        original.AsSpan(tables.VersionPlace(symbol), sizeof(ushort)).CopyTo(original.AsSpan(tables.VersionPlace(other)));
        AssertRefused(
            original, $"The library needs GLIBCXX_3.4.32 for '{names[other]}'; only '_ZSt21ios_base_library_initv' can be replaced.");
    }

    [TestMethod]
    public void NoSymbolOfTheNewVersion_IsRefused()
    {
        DynamicSegment tables = new(original);
        original.AsSpan(tables.VersionPlace(tables.UnhashedNames.IndexOf(LibStdCxxPatch.NewSymbol)), sizeof(ushort)).Clear();
        AssertRefused(
            original,
            "The library needs GLIBCXX_3.4.32, but not for '_ZSt21ios_base_library_initv', the only symbol that can be replaced.");
    }

    [TestMethod]
    public void ANameThatAnotherSymbolUses_IsRefused()
    {
        DynamicSegment tables = new(original);
        int symbol = tables.UnhashedNames.IndexOf(LibStdCxxPatch.NewSymbol);
        BinaryPrimitives.WriteInt32LittleEndian(
            original.AsSpan(tables.NamePlace(symbol + 1)), tables.NameOffset(symbol) + LibStdCxxPatch.NewSymbol.Length - 1);
        AssertRefused(original, "The name '_ZSt21ios_base_library_initv' is used by more than one symbol of the library.");
    }

    [TestMethod]
    public void ANameThatEndsAnotherOne_IsRefused()
    {
        DynamicSegment tables = new(original);
        int symbol = tables.UnhashedNames.IndexOf(LibStdCxxPatch.NewSymbol);
        original[tables.Strings + tables.NameOffset(symbol) - 1] = (byte)'_';
        AssertRefused(original, "The name '_ZSt21ios_base_library_initv' is used by more than one symbol of the library.");
    }

    [TestMethod]
    public void ALibraryThatDoesNotNeedTheOldVersion_IsRefused()
    {
        original[original.IndexOf("GLIBCXX_3.4.30\0"u8)] = (byte)'X';
        AssertRefused(original, "The library needs GLIBCXX_3.4.32, but not GLIBCXX_3.4.30, which would replace it.");
    }

    private static void AssertRefused(byte[] library, string message)
        => Assert.AreEqual(message, Assert.ThrowsExactly<InvalidDataException>(() => LibStdCxxPatch.Apply(library)).Message);

    private static int CountChanges(byte[] before, byte[] after)
    {
        Assert.HasCount(before.Length, after);
        int changes = 0;
        for (int i = 0; i < before.Length; i++)
        {
            changes += before[i] != after[i] ? 1 : 0;
        }

        return changes;
    }

    private byte[] Patched() => LibStdCxxPatch.Apply(original)!;
}
