namespace Realtime.Filter.Live;

/// <summary>Runs an action when something takes too long. Begun and ended from one thread, any number of times; allocates nothing while it watches.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly ITimer timer;
    private int hasFired;

    /// <summary>Watches nothing yet.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="bite">Called once, on another thread, when the time is up.</param>
    public Watchdog(TimeProvider time, Action bite)
    {
        timer = time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref hasFired, 1);
                bite();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the time was up once.</summary>
    public bool HasFired => Volatile.Read(ref hasFired) != 0;

    /// <summary>Begins to watch.</summary>
    public void Begin(TimeSpan limit) => timer.Change(limit, Timeout.InfiniteTimeSpan);

    /// <summary>Ends.</summary>
    public void End() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
