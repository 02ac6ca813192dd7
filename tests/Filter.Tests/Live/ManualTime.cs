namespace Realtime.Filter.Tests.Live;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long now = 1;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => now;

    public void Advance(TimeSpan time) => now += (long)time.TotalMilliseconds;
}
