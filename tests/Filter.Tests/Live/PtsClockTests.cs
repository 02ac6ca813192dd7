using Realtime.Filter.Frames;
using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

public sealed class PtsClockTests
{
    private const double Rate = 25;     // a step of 3600

    private readonly ManualTime time = new();
    private readonly PtsClock clock;

    public PtsClockTests() => clock = new PtsClock(new TimeBase(1, 90000), time);

    [Fact]
    public void A_steady_source_keeps_its_steps_from_zero() => Assert.Equal([0, 3600, 7200, 10000], Next(5000, 8600, 12200, 15000));

    [Theory]
    [InlineData(-500_000)]
    [InlineData(0)]
    [InlineData(1)]                 // ffmpeg's way to hold time stamps that run backwards
    [InlineData(90000L * 3600)]     // an hour ahead
    public void A_clock_that_jumps_is_mended_by_the_time_that_passed(long jump)
    {
        Next(0, 3600);
        time.Advance(TimeSpan.FromMilliseconds(80));

        Assert.Equal(3600 + 7200, Next(3600 + jump)[0]);
        Assert.Equal(3600 + 7200 + 3600, Next(3600 + jump + 3600)[0]);
        Assert.Equal(1, clock.Jumps);
    }

    [Fact]
    public void A_source_that_comes_back_goes_on_after_the_gap()
    {
        Next(100, 3700);
        time.Advance(TimeSpan.FromSeconds(2));
        clock.Restart();

        Assert.Equal([3600 + 180000, 3600 + 180000 + 3600], Next(0, 3600));
        Assert.Equal(0, clock.Jumps);
    }

    [Fact]
    public void Time_stamps_rise_whatever_the_source_says()
    {
        Random random = new(1);
        long last = -1;
        for (int i = 0; i < 10_000; i++)
        {
            if (random.Next(50) == 0)
                clock.Restart();
            time.Advance(TimeSpan.FromMilliseconds(random.Next(100)));
            long pts = Next(random.NextInt64(-1L << 40, 1L << 40))[0];
            Assert.True(pts > last, $"{pts} after {last}");
            last = pts;
        }
    }

    private long[] Next(params long[] pts) => [.. pts.Select(value => clock.Next(value, Rate))];
}
