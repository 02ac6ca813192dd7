using System.Buffers;
using System.Diagnostics;

namespace Realtime.Filter.Graph;

/// <summary>
/// Time spent by one stage: percentiles over the newest frames, the sum over all. Written by the stage's thread; others may read at any
/// time and then see a recent state.
/// </summary>
public sealed class StageStatistics
{
    private const int Window = 8192;

    private readonly long[] ticks = new long[Window];
    private long count;
    private long total;
    private long waited;

    /// <summary>Creates empty statistics of the stage <paramref name="name"/>.</summary>
    public StageStatistics(string name)
    {
        Name = name;
    }

    /// <summary>The stage's name.</summary>
    public string Name { get; }

    /// <summary>Frames measured.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>The sum over all frames.</summary>
    public TimeSpan Total => Stopwatch.GetElapsedTime(0, Volatile.Read(ref total));

    /// <summary>The sum of the time spent waiting: for frames, for buffers, for room in the next queue.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Volatile.Read(ref waited));

    /// <summary>Adds time spent waiting, in ticks of <see cref="Stopwatch"/>.</summary>
    public void RecordWait(long elapsed) => Volatile.Write(ref waited, waited + elapsed);

    /// <summary>Adds one frame's time, in ticks of <see cref="Stopwatch"/>.</summary>
    public void Record(long elapsed)
    {
        ticks[count % Window] = elapsed;
        Volatile.Write(ref total, total + elapsed);
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>Adds all that <paramref name="other"/> has kept; for runs in several pieces.</summary>
    public void Add(StageStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        long kept = Math.Min(other.Count, Window);
        for (long i = other.Count - kept; i < other.Count; i++)
            Record(other.ticks[i % Window]);
        RecordWait(Volatile.Read(ref other.waited));
    }

    /// <summary>The nearest-rank percentile over the newest 8192 frames, in milliseconds; 0 where nothing was measured.</summary>
    /// <param name="percent">0 to 100.</param>
    public double Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        int valid = (int)Math.Min(Count, Window);
        if (valid == 0)
            return 0;

        long[] sorted = ArrayPool<long>.Shared.Rent(valid);     // asked for with every frame of the viewer
        ticks.AsSpan(0, valid).CopyTo(sorted);
        sorted.AsSpan(0, valid).Sort();
        long at = sorted[Math.Max(1, (int)Math.Ceiling(percent / 100 * valid)) - 1];
        ArrayPool<long>.Shared.Return(sorted);
        return Stopwatch.GetElapsedTime(0, at).TotalMilliseconds;
    }
}
