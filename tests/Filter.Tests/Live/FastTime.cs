namespace Realtime.Filter.Tests.Live;

/// <summary>A clock that runs <paramref name="factor"/> times as fast as the real one, so that waits of seconds take milliseconds.</summary>
internal sealed class FastTime(double factor) : TimeProvider
{
    public override long GetTimestamp() => (long)(TimeProvider.System.GetTimestamp() * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(TimeProvider.System.CreateTimer(callback, state, Shorten(dueTime), Timeout.InfiniteTimeSpan), this);

    private TimeSpan Shorten(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / factor;

    private sealed class FastTimer(ITimer inner, FastTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.Shorten(dueTime), Timeout.InfiniteTimeSpan);

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
