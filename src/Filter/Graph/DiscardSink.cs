using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Graph;

/// <summary>Takes frames and writes nothing: the end of a benchmark.</summary>
public sealed class DiscardSink : IFrameSink
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation)
    {
    }

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }
}
