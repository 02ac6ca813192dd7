using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Graph;

/// <summary>Remembers what it got.</summary>
internal sealed class FakeSink : IFrameSink
{
    public List<(long Id, long Pts, byte First)> Frames { get; } = [];

    public bool Completed { get; private set; }

    public Action<FrameSlot, CancellationToken>? OnWrite { get; init; }

    public string Name => "fake";

    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        OnWrite?.Invoke(slot, cancellation);
        Frames.Add((slot.Id, slot.Pts, pixels[0]));
    }

    public void Complete(CancellationToken cancellation) => Completed = true;

    public void Dispose()
    {
    }
}
