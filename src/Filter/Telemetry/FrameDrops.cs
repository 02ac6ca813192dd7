namespace Realtime.Filter.Telemetry;

/// <summary>The frames of a run that were dropped, by cause. Safe to use from several threads.</summary>
public sealed class FrameDrops : IDropCounter
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

    /// <inheritdoc/>
    public void Dropped(string cause, long frames = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(cause);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        lock (gate)
            counts[cause] = counts.GetValueOrDefault(cause) + frames;
        Interlocked.Add(ref total, frames);
    }
}
