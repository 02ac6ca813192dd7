using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Viewer.Live;

/// <summary>
/// Plays a source at its own speed, again and again where it can go back to its start: a frame is given out when it is due, and left out
/// (counted) where it comes too late, so that what is shown is never old. Pauses, single steps, goes to any place.
/// </summary>
internal sealed class PacedSource : IFrameSource
{
    private const int MostDropped = 25;     // in a row: then the clock is set anew, and a slow machine sees every frame it can

    private readonly IFrameSource inner;
    private readonly ISeekableSource? seekable;
    private readonly bool isLive;
    private readonly object gate = new();
    private readonly SeekPlace place = new();
    private PlayClock clock;
    private double last;        // time of the frame that was read last
    private long given;         // frames given out
    private int late;           // frames left out since the last one
    private bool isPaused;
    private int steps;

    /// <summary>Takes over a source.</summary>
    /// <param name="inner">Disposed with this.</param>
    /// <param name="isLive">False gives every frame at once: for tests and headless runs.</param>
    public PacedSource(IFrameSource inner, bool isLive)
    {
        this.inner = inner;
        this.isLive = isLive;
        seekable = inner as ISeekableSource;
        Format = inner.Format with { FrameCount = null };
    }

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <summary>Whether it can go to a place.</summary>
    public bool CanSeek => seekable is not null;

    /// <summary>Seconds of the source; 0 where it has no end, or nobody knows it.</summary>
    public double Duration => seekable?.Duration ?? 0;

    /// <summary>Frames left out because they were late. What a seek leaves out does not count.</summary>
    public long Dropped { get; private set; }

    /// <summary>See <see cref="SeekPlace.Wanted"/>.</summary>
    public double Wanted
    {
        get
        {
            lock (gate)
                return place.Wanted;
        }
    }

    /// <summary>Number of the last frame before the pause; null while more may come.</summary>
    public long? LastBeforePause
    {
        get
        {
            lock (gate)
                return isPaused && steps == 0 && !place.IsAsked ? given - 1 : null;
        }
    }

    private double FrameSeconds => 1 / Math.Max(1, Format.FrameRate);

    /// <summary>Seconds from the first frame of the source to a time stamp of it.</summary>
    public double TimeOf(long pts) => Format.TimeBase.Seconds(pts - (seekable?.FirstPts ?? 0));

    /// <summary>Whether a frame is from where the user no longer wants to be: nobody need work on it.</summary>
    public bool IsStale(long frame)
    {
        lock (gate)
            return frame < place.StaleBefore;
    }

    /// <summary>Stops and goes on.</summary>
    public void Pause(bool pause)
    {
        lock (gate)
        {
            isPaused = pause;
            clock.Stop();   // it goes on from the frame where it stopped
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

    /// <summary>Goes to the frame at <paramref name="seconds"/>, or the nearest there is, and shows it, paused or not; needs <see cref="CanSeek"/>.</summary>
    public void Seek(double seconds)
    {
        if (!CanSeek)
            throw new InvalidOperationException($"'{Name}' is a stream: it has no places to go to.");
        double end = Duration > 0 ? Math.Max(0, Duration - FrameSeconds) : double.MaxValue;
        lock (gate)
        {
            place.Ask(Math.Clamp(seconds, 0, end));
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Tells that a frame is on its way to the screen.</summary>
    public void Shown(long frame)
    {
        lock (gate)
        {
            place.Shown(frame);
            Monitor.PulseAll(gate);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static source => ((PacedSource)source!).Wake(), this);
        while (true)
        {
            bool isSought = GoWhereWanted(cancellation);
            if (!ReadNext(slot, cancellation))
                return false;
            last = TimeOf(slot.Pts);
            if (!IsDue(isSought, cancellation))
                continue;
            slot.DecodedAt = Stopwatch.GetTimestamp();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private bool ReadNext(FrameSlot slot, CancellationToken cancellation)
    {
        if (inner.TryRead(slot, cancellation))
            return true;
        if (seekable is null)
            return false;
        seekable.Seek(0);
        lock (gate)
            clock.Restart(last + FrameSeconds);
        return inner.TryRead(slot, cancellation);
    }

    private bool GoWhereWanted(CancellationToken cancellation)
    {
        double seconds;
        lock (gate)
        {
            while (place.IsAsked && !place.MayGo)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }

            if (!place.IsAsked)
                return false;
            seconds = place.Wanted;
            place.Go(given);
            clock.Stop();
        }

        seekable!.Seek(seconds);
        return true;
    }

    // Waits until the frame is due. False where it is not to be shown: it is late, or the user has gone elsewhere meanwhile.
    private bool IsDue(bool isSought, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (IsLate() && ++late <= MostDropped)
            {
                Dropped++;
                return false;
            }

            if (late > MostDropped || (isSought && !isPaused))
                clock.Set(last);
            while (isLive && !isSought)
            {
                cancellation.ThrowIfCancellationRequested();
                if (place.IsAsked)
                    return false;
                if (isPaused && steps == 0)
                {
                    Monitor.Wait(gate);
                    continue;
                }

                TimeSpan left = clock.Until(last);
                if (isPaused || left <= TimeSpan.Zero)
                    break;
                Monitor.Wait(gate, left);
            }

            if (isPaused && !isSought && steps > 0)
                steps--;
            late = 0;
            given++;
            return true;
        }
    }

    private bool IsLate() =>
        isLive && !isPaused && steps == 0 && clock.IsRunning && -clock.Until(last) > TimeSpan.FromSeconds(1.5 * FrameSeconds);

    private void Wake()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }
}
