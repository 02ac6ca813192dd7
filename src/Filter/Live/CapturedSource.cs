using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// Reads a source on a thread of its own, as fast as it delivers, and hands the graph the frames that are worth purifying. A few frames wait, the newest
/// win; how many are under way is bounded too, by <see cref="FlightControl"/>. Every frame dropped is counted.
/// </summary>
public sealed class CapturedSource : IFrameSource
{
    private const int Waiting = 4;      // with balanced; a burst of the network fits in

    private readonly IFrameSource inner;
    private readonly LiveCounts counts;
    private readonly FlightControl control;
    private readonly BoundedQueue<FrameSlot> waiting;
    private readonly BoundedQueue<FrameSlot> free;
    private readonly SemaphoreSlim flights;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource either;
    private Thread? thread;
    private Exception? failure;         // of the source; surfaces behind its last frame

    /// <summary>Prepares; the capture starts with the first frame that is asked for.</summary>
    /// <param name="inner">Borrowed; used from the capturing thread only until this source is disposed.</param>
    /// <param name="policy">Not smooth: that needs no thread.</param>
    /// <param name="target">See <see cref="LiveOptions.LatencyTarget"/>.</param>
    /// <param name="mostFlights">The most frames that the graph can hold, at least 2.</param>
    /// <param name="counts">Gets frames in and drops.</param>
    /// <param name="ending">Ends the stream, as if the source had ended.</param>
    public CapturedSource(IFrameSource inner, LatencyPolicy policy, TimeSpan target, int mostFlights, LiveCounts counts, CancellationToken ending)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(counts);
        this.inner = inner;
        this.counts = counts;
        control = new FlightControl(policy, target, mostFlights);
        flights = new SemaphoreSlim(control.Limit);
        int capacity = policy == LatencyPolicy.Latency ? 1 : Waiting;
        waiting = new BoundedQueue<FrameSlot>(capacity);
        free = new BoundedQueue<FrameSlot>(capacity + 2);       // one is filled, one is copied from
        for (int i = 0; i < free.Capacity; i++)
            free.Add(new FrameSlot(inner.Format, isRaw: true), CancellationToken.None);
        either = CancellationTokenSource.CreateLinkedTokenSource(ending, stop.Token);
    }

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public FrameFormat Format => inner.Format;

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (thread is null)
        {
            thread = new Thread(() => Capture(either.Token)) { Name = "realtime capture", IsBackground = true };
            thread.Start();
        }

        flights.Wait(cancellation);
        do
        {
            if (!waiting.TryTake(out FrameSlot oldest, cancellation))
                return failure is null ? false : throw failure;
            bool isLate;
            lock (control)
                isLate = control.IsLate(Stopwatch.GetElapsedTime(oldest.CapturedAt));
            bool isTaken = !isLate || waiting.Count == 0;       // the newest is always worth a try
            if (isTaken)
                Copy(oldest, slot);
            else
                counts.AddDropped(DropCause.Late);
            free.Add(oldest, cancellation);
            if (isTaken)
                return true;
        }
        while (true);
    }

    /// <summary>Says that a frame has left the graph; called by the sink, for each frame once.</summary>
    public void Leave(FrameSlot slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        int more;
        lock (control)
        {
            int limit = control.Limit;
            control.Record(Stopwatch.GetElapsedTime(slot.CapturedAt), Stopwatch.GetElapsedTime(slot.DecodedAt));
            more = 1 + control.Limit - limit;
        }

        if (more > 0)
            flights.Release(more);
    }

    /// <summary>Ends the capture; the inner source can then be disposed.</summary>
    public void Dispose()
    {
        stop.Cancel();
        thread?.Join();
        flights.Dispose();
        either.Dispose();
        stop.Dispose();
    }

    private void Capture(CancellationToken ending)
    {
        try
        {
            while (free.TryTake(out FrameSlot slot, ending))
            {
                slot.Reset();
                if (!inner.TryRead(slot, ending))
                    break;
                if (slot.CapturedAt == 0)
                    slot.CapturedAt = Stopwatch.GetTimestamp();
                counts.AddIn();
                if (!waiting.Push(slot, out FrameSlot oldest))
                    continue;
                counts.AddDropped(DropCause.Queue);
                free.Add(oldest, ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The stream ends here because it was asked to.
        }
        catch (Exception error)
        {
            failure = error;
        }

        waiting.Complete();
    }

    private static void Copy(FrameSlot from, FrameSlot to)
    {
        from.Raw.CopyTo(to.Raw, 0);
        to.Pts = from.Pts;
        to.Duration = from.Duration;
        to.TrueLabel = from.TrueLabel;
        to.CapturedAt = from.CapturedAt;
    }
}
