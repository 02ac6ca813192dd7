using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Graph;

/// <summary>Calls back with each frame's id and keeps nothing.</summary>
internal sealed class CountingSink(Action<long> written) : IFrameSink
{
    public string Name => "counting";

    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation) => written(slot.Id);

    public void Complete(CancellationToken cancellation)
    {
    }

    public void Dispose()
    {
    }
}
