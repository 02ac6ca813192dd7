using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>A sink that tells where its frames came from, and how long ago, whenever one has left the graph.</summary>
/// <param name="inner">Borrowed.</param>
/// <param name="counts">Gets frames out; null where the inner sink counts by itself.</param>
/// <param name="source">Hears of every frame that has left; null where nothing waits for that.</param>
public sealed class CountedSink(IFrameSink inner, LiveCounts? counts, CapturedSource? source) : IFrameSink
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        inner.Write(slot, pixels, cancellation);
        counts?.AddOut(Stopwatch.GetTimestamp() - slot.CapturedAt);
        source?.Leave(slot);
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation) => inner.Complete(cancellation);

    /// <summary>Does nothing: the inner sink is its owner's.</summary>
    public void Dispose()
    {
    }
}
