using Realtime.Filter.Frames;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Tests.Telemetry;

public sealed class HealthAndTroubleTests
{
    private readonly FakeClock clock = new();
    private readonly FrameSlot slot = new(new FrameFormat(1, 1, new TimeBase(1, 25), 25, null));

    [Fact]
    public void Frames_that_stop_are_unhealthy_after_the_limit_and_the_reason_says_since_when()
    {
        FlowHealth health = new(TimeSpan.FromSeconds(5), clock);
        clock.Advance(5);
        Assert.True(health.Check().IsHealthy);
        clock.Advance(1);
        Assert.Equal(("failing", "no frame has come out since the start, 6.0 s ago; the limit is 5 s"), (health.Check().Status, health.Check().Reason));

        health.FrameOut(slot);
        Assert.Equal(("ok", null, 1), (health.Check().Status, health.Check().Reason, health.Check().Frames));
        clock.Advance(7.5);
        Assert.Equal("no frame came out after 1, 7.5 s ago; the limit is 5 s", health.Check().Reason);
        Assert.Equal("""{"status":"failing","reason":"no frame came out after 1, 7.5 s ago; the limit is 5 s","frames":1,"secondsSinceFrame":7.5}""" + "\n", health.Check().ToJson());
    }

    [Fact]
    public void Who_is_idle_by_design_is_healthy_and_the_limit_counts_anew_after_it()
    {
        FlowHealth health = new(TimeSpan.FromSeconds(5), clock);
        health.Idle("paused");
        clock.Advance(1000);
        Assert.Equal((true, "idle", "paused"), (health.Check().IsHealthy, health.Check().Status, health.Check().Reason));

        health.Idle(null);
        clock.Advance(4);
        Assert.True(health.Check().IsHealthy);
        clock.Advance(2);
        Assert.False(health.Check().IsHealthy);
    }

    [Fact]
    public void Trouble_is_told_ever_more_rarely_and_its_end_once()
    {
        List<string> told = [];
        TroubleLog log = new(told.Add, clock);
        for (int second = 0; second < 16; second++)
        {
            log.Report("down");
            log.Report("down");
            clock.Advance(1);
        }

        // At 0, then 1, 2, 4 and 8 s after the last.
        Assert.Equal(["down.", "down (1 more since last told).", "down (3 more since last told).", "down (7 more since last told).", "down (15 more since last told)."], told);
        log.Over("up");
        log.Over("up");
        log.Report("down");
        Assert.Equal(["up.", "down."], told[5..]);
    }

    [Fact]
    public void Drops_are_counted_by_cause_from_any_thread()
    {
        FrameDrops drops = new();
        Parallel.For(0, 1000, i => drops.Dropped(i % 4 == 0 ? "late" : "queue full", i % 4 == 0 ? 2 : 1));

        Assert.Equal(1250, drops.Total);
        Assert.Equal([new("late", 500), new("queue full", 750)], drops.ByCause.OrderBy(one => one.Key));
        Assert.Throws<ArgumentOutOfRangeException>(() => drops.Dropped("late", 0));
    }
}
