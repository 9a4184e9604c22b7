using System.Collections;
using System.Reflection;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Time;
using SkiaSharp;

namespace Diffusion.Tests.Rendering;

/// <summary>
/// What Skia has allocated is released when drawing or writing fails, at once and not by a finalizer. Skia's objects are
/// counted, so nothing else runs meanwhile.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class NativeObjectTests
{
    private const int Failures = 50;

    private static readonly AnimationOptions Options =
        new() { Title = "α", Size = 240, Frames = 4, Data = KnownDataSets.Find("moons").Draw(50, seed: 9) };

    private static readonly ReverseRun Run = new(
        "α",
        [.. Enumerable.Range(0, 4)
            .Select(k => new Frame(k, new NoiseLevel(3 - k, k / 3.0), KnownDataSets.Find("moons").Draw(50, (ulong)k)))]);

    private static readonly (string Name, Action Fail)[] Ways =
    [
        ("drawing pixels", () => Broken().ToPicture().Dispose()),
        ("drawing PNG", () => Broken().WritePng(Stream.Null)),
        ("drawing SVG", () => Broken().WriteSvg(Stream.Null)),
        ("drawing PDF", () => Broken().WritePdf(Stream.Null)),
        ("writing PNG", () => Whole().WritePng(new FullDisk())),
        ("writing SVG", () => Whole().WriteSvg(new FullDisk())),
        ("writing PDF", () => Whole().WritePdf(new FullDisk())),
        ("writing GIF", () => ReverseAnimation.WriteGif(new FullDisk(), [Run], Options)),
        ("writing WebP", () => ReverseAnimation.WriteWebp(new FullDisk(), [Run], Options)),
        ("an animation without a title", () => ReverseAnimation.WriteGif(Stream.Null, [Run], Options with { Title = null! })),
    ];

    public static IEnumerable<object[]> Names => Ways.Select(way => new object[] { way.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void AfterAFailure_NothingIsLeft(string name)
    {
        Action fail = Ways.Single(way => way.Name == name).Fail;
        Assert.Throws<Exception>(fail);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        string before = Live();
        for (int k = 0; k < Failures; k++)
        {
            Assert.Throws<Exception>(fail);
        }

        Assert.AreEqual(before, Live());
    }

    /// <summary>Guards the test above: what is left is counted.</summary>
    [TestMethod]
    public void TheCount_SeesWhatIsLeft()
    {
        string before = Live();
        using (SKData.CreateCopy([1]))
        {
            Assert.AreNotEqual(before, Live());
        }

        Assert.AreEqual(before, Live());
    }

    /// <summary>Bitmaps are known by their memory, which a collection would release: there is none meanwhile.</summary>
    [TestMethod]
    public void AfterFailures_TheirPixelsAreReleased()
    {
        const int Side = 1_000;
        const long Bytes = 4L * Side * Side;
        Drawing broken = new(Side, Side, Theme.Light, _ => throw new InvalidOperationException());
        Assert.ThrowsExactly<InvalidOperationException>(() => broken.ToPicture());
        Assert.IsTrue(GC.TryStartNoGCRegion(32 << 20));
        try
        {
            long before = Environment.WorkingSet;
            for (int k = 0; k < Failures; k++)
            {
                Assert.ThrowsExactly<InvalidOperationException>(() => broken.ToPicture());
            }

            Assert.IsLessThan(Failures / 4 * Bytes, Environment.WorkingSet - before);
        }
        finally
        {
            GC.EndNoGCRegion();
        }
    }

    private static Drawing Whole() => new(100, 100, Theme.Light, sheet => sheet.Text("α", 10, 50, 20, SKColors.Black));

    private static Drawing Broken() => new(100, 100, Theme.Light, sheet => sheet.Within(SKRect.Create(50, 50), () =>
    {
        sheet.Text("α", 10, 50, 20, SKColors.Black);
        throw new InvalidOperationException();
    }));

    /// <summary>
    /// The objects that SkiaSharp knows to be alive, by type. Bitmaps are not among them; nor are shaders and views of pixels
    /// counted, which SkiaSharp makes for itself.
    /// </summary>
    private static string Live()
    {
        IDictionary instances = (IDictionary)typeof(SKObject).Assembly.GetType("SkiaSharp.HandleDictionary")!
            .GetField("instances", BindingFlags.Static | BindingFlags.NonPublic)!
            .GetValue(null)!;
        return string.Join(", ", from reference in instances.Values.Cast<WeakReference>()
                                 let name = reference.Target?.GetType().Name ?? "not yet finalized"
                                 where name is not (nameof(SKShader) or nameof(SKPixmap))
                                 group name by name into kind
                                 orderby kind.Key
                                 select $"{kind.Key} {kind.Count()}");
    }

    /// <summary>A file on a disk without room.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void WriteByte(byte value) => throw new IOException("No space left on device");
    }
}
