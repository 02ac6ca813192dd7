namespace Realtime.Filter.Telemetry;

/// <summary>The frames of a run that were dropped, by cause. Safe to use from several threads.</summary>
public sealed class FrameDrops
{
    private readonly object gate = new();
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private long total;

    /// <summary>All of them.</summary>
    public long Total => Interlocked.Read(ref total);

    /// <summary>The counts of this moment, by cause.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ByCause
    {
        get
        {
            lock (gate)
                return [.. counts];
        }
    }

    /// <summary>Frames dropped for one cause.</summary>
    public long Of(string cause)
    {
        lock (gate)
            return counts.GetValueOrDefault(cause);
    }

    /// <summary>Frames were left out on purpose; whoever drops one says why. Safe to call from any thread.</summary>
    /// <param name="cause">A short constant ("queue", "late"), the value of a label: never text that differs from frame to frame.</param>
    /// <param name="frames">How many, at least 1.</param>
    public void Dropped(string cause, long frames = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(cause);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        lock (gate)
            counts[cause] = counts.GetValueOrDefault(cause) + frames;
        Interlocked.Add(ref total, frames);
    }
}
