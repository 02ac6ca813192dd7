using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// A live output. A thread of its own feeds the ffmpeg child, so that a consumer that stalls or goes away holds nothing up: a few frames wait, the newest win, and
/// the child is replaced. With <see cref="LatencyPolicy.Smooth"/> the graph waits instead.
/// </summary>
public sealed class LiveSink : IFrameSink
{
    private const int Waiting = 4;

    private readonly LiveOutput output;
    private readonly LiveCounts counts;
    private readonly bool waits;
    private readonly ReopenedOutput children;
    private readonly BoundedQueue<FrameSlot> waiting = new(Waiting);
    private readonly BoundedQueue<FrameSlot> free = new(Waiting + 2);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource ending;
    private readonly Thread thread;
    private Exception? failure;

    /// <summary>Prepares; the child starts with the first frame.</summary>
    /// <param name="output">Where frames go.</param>
    /// <param name="format">What they are.</param>
    /// <param name="encode">How to encode.</param>
    /// <param name="options">Timeouts, policy, segments.</param>
    /// <param name="counts">Gets frames out, drops and reconnects.</param>
    /// <param name="log">Takes a line for each change of state.</param>
    /// <param name="paced">Whether frames come faster than they shall play.</param>
    /// <param name="time">The clock of waits; null is the system's.</param>
    public LiveSink(LiveOutput output, FrameFormat format, SinkOptions encode, LiveOptions options, LiveCounts counts, Action<string> log, bool paced = false, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        this.output = output;
        this.counts = counts;
        children = new ReopenedOutput(output, format, encode, options, counts, log, paced, time ?? TimeProvider.System);
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        waits = options.Policy == LatencyPolicy.Smooth;
        for (int i = 0; i < free.Capacity; i++)
            free.Add(new FrameSlot(format, isRaw: true), CancellationToken.None);
        thread = new Thread(Run) { Name = "realtime output", IsBackground = true };
        thread.Start();
    }

    /// <inheritdoc/>
    public string Name => output.Name;

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        free.TryTake(out FrameSlot copy, cancellation);
        pixels.CopyTo(copy.Raw);
        (copy.Pts, copy.CapturedAt) = (slot.Pts, slot.CapturedAt);
        if (waits)
        {
            waiting.Add(copy, cancellation);
        }
        else if (waiting.Push(copy, out FrameSlot oldest))
        {
            counts.AddDropped(DropCause.Sink);
            free.Add(oldest, cancellation);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The output failed for good.</exception>
    public void Complete(CancellationToken cancellation)
    {
        waiting.Complete();
        if (!waits)
            ending.Cancel();        // ends the wait for a consumer that is away
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stop);
        thread.Join();
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
            throw failure;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        children.Dispose();
        ending.Dispose();
        stop.Dispose();
    }

    private void Run()
    {
        try
        {
            while (waiting.TryTake(out FrameSlot slot, stop.Token))
            {
                while (!TryWrite(slot))
                {
                }

                free.Add(slot, stop.Token);
            }

            children.Finish(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run was given up; there is nobody to tell.
        }
        catch (Exception error)
        {
            failure = error;
            waiting.Fail(error);
            free.Fail(error);
        }
    }

    // Either the frame is with the child, or the child has gone, and the frame is tried again or lost.
    private bool TryWrite(FrameSlot slot)
    {
        if (!children.IsGivenUp && children.TryWrite(slot, ending.Token, stop.Token))
            return true;
        if (waits)
            return false;
        counts.AddDropped(DropCause.Sink);
        return true;
    }
}
