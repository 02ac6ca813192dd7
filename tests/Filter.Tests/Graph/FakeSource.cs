using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Graph;

/// <summary>Frames filled with their number; breaks off after <paramref name="frames"/> where told to.</summary>
internal sealed class FakeSource(int frames, FrameFormat? format = null, UserErrorException? breaksWith = null) : IFrameSource
{
    private int next;

    public string Name => "fake";

    public FrameFormat Format { get; } = format ?? new FrameFormat(8, 4, new TimeBase(1, 25), 25, frames);

    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (next == frames)
            return breaksWith is null ? false : throw breaksWith;
        slot.Raw.AsSpan().Fill((byte)next);
        slot.Pts = next * 3;
        next++;
        return true;
    }

    public void Dispose()
    {
    }
}
