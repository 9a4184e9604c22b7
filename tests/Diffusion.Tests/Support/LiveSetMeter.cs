namespace Diffusion.Tests.Support;

/// <summary>A file that is thrown away, and measures now and then what is alive while it is written.</summary>
internal sealed class LiveSetMeter : Stream
{
    private const int Interval = 20_000;
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private int _writes;

    /// <summary>The most bytes that were alive beyond those at the start.</summary>
    public long Largest { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_writes++ % Interval == 0)
        {
            Largest = Math.Max(Largest, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }
    }
}
