using System.Diagnostics;

namespace Realtime.Viewer.Live;

/// <summary>When a time of the source is due. While it is stopped, the next time that is asked for is due at once and starts it.</summary>
internal struct PlayClock
{
    private long start;     // Stopwatch ticks at which time 0 was due; 0 while stopped

    /// <summary>Whether it runs.</summary>
    public readonly bool IsRunning => start != 0;

    /// <summary>Stops it.</summary>
    public void Stop() => start = 0;

    /// <summary>The source begins again: its time <paramref name="seconds"/> is 0 now.</summary>
    public void Restart(double seconds) => start += IsRunning ? (long)(seconds * Stopwatch.Frequency) : 0;

    /// <summary>Starts it: <paramref name="seconds"/> are due now.</summary>
    public void Set(double seconds) => start = Stopwatch.GetTimestamp() - (long)(seconds * Stopwatch.Frequency);

    /// <summary>What is left until <paramref name="seconds"/> are due; negative where they were due before.</summary>
    public TimeSpan Until(double seconds)
    {
        if (!IsRunning)
            Set(seconds);
        return TimeSpan.FromSeconds(seconds) - Stopwatch.GetElapsedTime(start);
    }
}
