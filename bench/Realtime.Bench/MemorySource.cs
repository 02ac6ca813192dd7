using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Bench;

/// <summary>A stream of noise, made beforehand: its pictures come in turn, so that one of them is a still scene and two change in every pixel.</summary>
internal sealed class MemorySource : IFrameSource
{
    private readonly byte[][] pictures;
    private long next;

    /// <summary>Makes <paramref name="count"/> pictures.</summary>
    public MemorySource(FrameFormat format, int count)
    {
        Format = format;
        Random random = new(1);
        pictures = [.. Enumerable.Range(0, count).Select(_ => new byte[format.ByteCount])];
        foreach (byte[] picture in pictures)
            random.NextBytes(picture);
    }

    public string Name => "memory";

    public FrameFormat Format { get; }

    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        if (next == Format.FrameCount)
            return false;
        pictures[next % pictures.Length].CopyTo(slot.Raw, 0);
        slot.Pts = next++;
        return true;
    }

    public void Dispose()
    {
    }
}
