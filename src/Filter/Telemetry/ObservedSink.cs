using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Telemetry;

/// <summary>Hands frames to a sink and then tells the observers. Both are borrowed.</summary>
internal sealed class ObservedSink(IFrameSink inner, params IFrameObserver[] observers) : IFrameSink
{
    public string Name => inner.Name;

    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        inner.Write(slot, pixels, cancellation);
        foreach (IFrameObserver observer in observers)
            observer.FrameOut(slot);
    }

    public void Complete(CancellationToken cancellation) => inner.Complete(cancellation);

    /// <summary>Does nothing: the sink belongs to the caller.</summary>
    public void Dispose()
    {
    }
}
