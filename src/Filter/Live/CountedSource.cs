using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>A source whose frames are counted and none dropped, and which can be told to end.</summary>
/// <param name="inner">Borrowed.</param>
/// <param name="counts">Gets frames in.</param>
/// <param name="ending">Ends the stream, as if the source had ended.</param>
public sealed class CountedSource(IFrameSource inner, LiveCounts counts, CancellationToken ending) : IFrameSource
{
    private readonly CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(ending);

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public FrameFormat Format => inner.Format;

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), either);
        try
        {
            if (!inner.TryRead(slot, either.Token))
                return false;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return false;
        }

        if (slot.CapturedAt == 0)
            slot.CapturedAt = Stopwatch.GetTimestamp();
        counts.AddIn();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => either.Dispose();
}
