using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Viewer.Live;

/// <summary>
/// Plays a source at its own speed, again and again: a frame is given out when it is due, and left out (counted) where it comes too late,
/// so that what is shown is never old. Pauses and single steps.
/// </summary>
internal sealed class PacedSource : IFrameSource
{
    private const int MostDropped = 25;     // in a row: then the clock is set anew, and a slow machine sees every frame it can

    private readonly Func<IFrameSource> open;
    private readonly bool isLive;
    private readonly object gate = new();
    private IFrameSource inner;
    private long start;         // Stopwatch ticks at which time 0 was due
    private double offset;      // seconds that earlier rounds took
    private double last;
    private bool isPaused;
    private int steps;

    /// <summary>Opens the source.</summary>
    /// <param name="open">Opens it; called again at its end.</param>
    /// <param name="isLive">False gives every frame at once: for tests and headless runs.</param>
    public PacedSource(Func<IFrameSource> open, bool isLive)
    {
        this.open = open;
        this.isLive = isLive;
        inner = open();
        Format = inner.Format with { FrameCount = null };
    }

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <summary>Frames left out because they were late.</summary>
    public long Dropped { get; private set; }

    /// <summary>Seconds from the first frame to the newest.</summary>
    public double Time => last;

    /// <summary>Stops and goes on.</summary>
    public void Pause(bool pause)
    {
        lock (gate)
        {
            isPaused = pause;
            start = 0;      // the clock goes on from the frame where it stopped
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Lets one frame through while paused.</summary>
    public void Step()
    {
        lock (gate)
        {
            steps++;
            Monitor.PulseAll(gate);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        for (int dropped = 0; ; dropped++)
        {
            if (!ReadNext(slot, cancellation))
                return false;
            double time = offset + (slot.Pts * (double)Format.TimeBase.Numerator / Format.TimeBase.Denominator);
            bool late = isLive && IsLate(time);
            if (!late || dropped == MostDropped)
            {
                if (late)
                    lock (gate)
                        start = 0;
                last = time;
                if (isLive)
                    WaitUntilDue(time, cancellation);
                slot.DecodedAt = Stopwatch.GetTimestamp();
                return true;
            }

            Dropped++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private bool ReadNext(FrameSlot slot, CancellationToken cancellation)
    {
        if (inner.TryRead(slot, cancellation))
            return true;
        inner.Dispose();
        offset = last + (1 / Math.Max(1, Format.FrameRate));
        inner = open();
        return inner.TryRead(slot, cancellation);
    }

    private bool IsLate(double time)
    {
        lock (gate)
            return !isPaused && steps == 0 && start != 0 && Stopwatch.GetElapsedTime(start).TotalSeconds > time + (1.5 / Math.Max(1, Format.FrameRate));
    }

    private void WaitUntilDue(double time, CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static source => ((PacedSource)source!).Wake(), this);
        lock (gate)
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (isPaused)
                {
                    if (steps > 0)
                    {
                        steps--;
                        return;
                    }

                    Monitor.Wait(gate);
                    continue;
                }

                if (start == 0)
                    start = Stopwatch.GetTimestamp() - (long)(time * Stopwatch.Frequency);
                TimeSpan left = TimeSpan.FromSeconds(time) - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                    return;
                Monitor.Wait(gate, left);
            }
        }

        cancellation.ThrowIfCancellationRequested();
    }

    private void Wake()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }
}
