namespace Realtime.Filter.Events;

/// <summary>What became of the events. Written by one thread at a time, read by any.</summary>
internal sealed class EventCounts
{
    private long delivered;
    private long failures;
    private long lost;

    /// <summary>Events that arrived.</summary>
    public long Delivered => Interlocked.Read(ref delivered);

    /// <summary>Attempts that failed; an event may have several and still arrive.</summary>
    public long Failures => Interlocked.Read(ref failures);

    /// <summary>Events that will not arrive.</summary>
    public long Lost => Interlocked.Read(ref lost);

    public void Deliver() => Interlocked.Increment(ref delivered);

    public void Fail() => Interlocked.Increment(ref failures);

    public void Lose(long events = 1) => Interlocked.Add(ref lost, events);
}
