using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Bench;

/// <summary>A short stream of noise, made in memory.</summary>
internal sealed class NoiseSource(FrameFormat format) : IFrameSource
{
    private readonly Random random = new(1);
    private long next;

    public string Name => "noise";

    public FrameFormat Format => format;

    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        if (next == format.FrameCount)
            return false;
        random.NextBytes(slot.Raw);
        slot.Pts = next++;
        return true;
    }

    public void Dispose()
    {
    }
}
