using Realtime.Filter.Serve;
using Realtime.Filter.Tests.Live;

namespace Realtime.Filter.Tests.Serve;

public sealed class TilePaceTests
{
    [Fact]
    public void Frames_wait_until_those_before_them_had_their_time_and_idleness_saves_nothing_up()
    {
        ManualTime time = new();
        TilePace pace = new(100, time);

        Assert.Equal(TimeSpan.Zero, pace.Take(50));
        Assert.Equal(TimeSpan.FromSeconds(0.5), pace.Take(50));
        time.Advance(TimeSpan.FromSeconds(0.75));
        Assert.Equal(TimeSpan.FromSeconds(0.25), pace.Take(100));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, pace.Take(100));
        Assert.Equal(TimeSpan.FromSeconds(1), pace.Take(1));
    }
}
