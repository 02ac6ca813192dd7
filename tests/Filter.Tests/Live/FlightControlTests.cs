using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

public sealed class FlightControlTests
{
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Balanced_takes_a_frame_less_when_late_and_one_more_when_there_is_room()
    {
        FlightControl control = new(LatencyPolicy.Balanced, Target, most: 4);

        Assert.Equal(2, control.Limit);
        Assert.Equal([3, 4, 4], Limits(control, 40, 40, 40));
        Assert.Equal([4, 4], Limits(control, 60, 99));       // neither late nor with room to spare
        Assert.Equal([3, 2, 1, 1], Limits(control, 101, 150, 150, 150));
    }

    [Fact]
    public void Latency_always_has_one() => Assert.Equal([1, 1, 1], Limits(new FlightControl(LatencyPolicy.Latency, Target, most: 4), 1, 1000, 1));

    [Fact]
    public void A_frame_is_late_when_it_cannot_arrive_in_time_any_more()
    {
        FlightControl control = new(LatencyPolicy.Balanced, Target, most: 4);
        control.Record(TimeSpan.FromMilliseconds(70), TimeSpan.FromMilliseconds(70));

        Assert.False(control.IsLate(TimeSpan.FromMilliseconds(30)));
        Assert.True(control.IsLate(TimeSpan.FromMilliseconds(31)));
    }

    private static int[] Limits(FlightControl control, params int[] delays) =>
    [
        .. delays.Select(delay =>
        {
            control.Record(TimeSpan.FromMilliseconds(delay), TimeSpan.FromMilliseconds(delay));
            return control.Limit;
        }),
    ];
}
