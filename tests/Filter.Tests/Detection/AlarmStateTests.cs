using Realtime.Filter.Detection;

namespace Realtime.Filter.Tests.Detection;

public sealed class AlarmStateTests
{
    // The level after n frames of score 1 is 1 - 2^-n: 0.5, 0.75, 0.875.
    private static readonly AlarmTiming Halving = new(Raise: 0.7, Clear: 0.3, Smoothing: 0.5, MinimumFrames: 2);

    [Fact]
    public void It_goes_up_when_the_level_has_stayed_up_and_down_when_it_has_stayed_down()
    {
        AlarmState state = new(Halving);

        // Levels: .5 .75 .875 | .4375 .21875 .109 ...
        Assert.Equal([false, false, true, true, true, false, false], Run(state, 1, 1, 1, 0, 0, 0, 0));
        Assert.Equal(1, state.Raised);
    }

    [Fact]
    public void Between_the_two_thresholds_it_stays_as_it_is()
    {
        AlarmState down = new(Halving), up = new(Halving);
        Run(up, 1, 1, 1);

        Assert.All(Run(down, Enumerable.Repeat(0.5, 20)), raised => Assert.False(raised));
        Assert.All(Run(up, Enumerable.Repeat(0.5, 20)), raised => Assert.True(raised));
    }

    [Fact]
    public void One_frame_alone_raises_nothing_and_clears_nothing()
    {
        AlarmState state = new(Halving with { Smoothing = 1 });

        Assert.Equal([false, false, false, true, true, true], Run(state, 1, 0, 1, 1, 0, 1));
        Assert.Equal(1, state.Raised);
    }

    [Fact]
    public void A_scene_in_which_every_frame_scores_alike_is_judged_as_each_of_its_frames()
    {
        AlarmTiming timing = AlarmTiming.Of(0.9);

        Assert.False(Run(new AlarmState(timing), Enumerable.Repeat(0.899, 1000))[^1]);
        Assert.True(Run(new AlarmState(timing), Enumerable.Repeat(0.901, 1000))[^1]);
    }

    [Fact]
    public void A_frame_costs_no_memory()
    {
        AlarmState state = new(Halving);
        state.Add(1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 0; frame < 100; frame++)
            state.Add(frame % 3 / 2.0);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static bool[] Run(AlarmState state, params IEnumerable<double> scores) => [.. scores.Select(state.Add)];
}
